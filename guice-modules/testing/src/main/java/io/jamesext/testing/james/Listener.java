/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.jamesext.testing.james;

import java.util.Arrays;
import java.util.Optional;

/** The listeners of a running James with their default loopback ports. Which of them are open is decided by the configuration files. */
public enum Listener {
    IMAP("IMAP", 1143, Answer.GREETING),
    IMAPS("IMAP over TLS", 1993, Answer.TLS),
    SMTP("SMTP", 1025, Answer.GREETING),
    SUBMISSION("submission", 1587, Answer.GREETING),
    LMTP("LMTP", 1024, Answer.GREETING),
    MANAGESIEVE("ManageSieve", 4190, Answer.GREETING),
    WEBADMIN("WebAdmin", 8000, Answer.CONNECTION),
    JMX("JMX", 9999, Answer.CONNECTION),
    XIMSS("XIMSS", 11024, Answer.CONNECTION),
    XIMSS_TLS("XIMSS over TLS", 11025, Answer.TLS),
    XIMSS_HTTPS("XIMSS over HTTPS, web page", 8100, Answer.TLS),
    AGAP("AGAP", 11030, Answer.GREETING),
    AGAP_TLS("AGAP over TLS", 11031, Answer.TLS),
    DMAP("DMAP over TLS", 11040, Answer.TLS),
    DMTP("DMTP over TLS", 11041, Answer.TLS),
    /** James's own, to be measured beside ours; open in the bench alone. */
    STOCK_IMAP("stock IMAP", 1144, Answer.GREETING);

    /** The first sign of life a client gets from a listener. */
    public enum Answer {
        /** The client speaks first: an accepted connection is all there is to see. */
        CONNECTION,
        /** The server speaks first. */
        GREETING,
        /** A complete TLS handshake. */
        TLS
    }

    private final String title;
    private final int defaultPort;
    private final Answer answer;

    Listener(String title, int defaultPort, Answer answer) {
        this.title = title;
        this.defaultPort = defaultPort;
        this.answer = answer;
    }

    public String title() {
        return title;
    }

    public int defaultPort() {
        return defaultPort;
    }

    public Answer answer() {
        return answer;
    }

    /** The listener that has this default port. */
    public static Optional<Listener> ofDefaultPort(int port) {
        return Arrays.stream(values()).filter(listener -> listener.defaultPort == port).findFirst();
    }
}

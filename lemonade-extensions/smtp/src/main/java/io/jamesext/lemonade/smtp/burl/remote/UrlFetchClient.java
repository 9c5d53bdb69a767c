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

package io.jamesext.lemonade.smtp.burl.remote;

import java.io.IOException;
import java.io.OutputStream;

import javax.net.ssl.SSLContext;

/** Fetches URLs from one IMAP server with the submission server's credentials. RFC 4468 section 3.3, RFC 4467 section 6.3. */
public final class UrlFetchClient {
    private final RemoteServer server;
    private final SSLContext trust;
    private final Timeouts timeouts;

    /**
     * @param trust says which certificates are trusted: {@link SSLContext#getDefault()} for the JDK's. That the certificate is for the
     *     server's host is checked in any case.
     */
    public UrlFetchClient(RemoteServer server, SSLContext trust, Timeouts timeouts) {
        this.server = server;
        this.trust = trust;
        this.timeouts = timeouts;
    }

    /**
     * Writes the content of a URL to the sink. Blocks for as long as {@link Timeouts#whole()}, to which looking up the host's name and a
     * slow sink add, so it is not for an event loop. It does not close the sink.
     *
     * @param url an authorised URL; that it is for this server, and its {@code submit+} user this client's, is checked before: RFC 4468 3.3
     * @param limitBytes the most octets that the content may have; more are not read
     * @throws UrlFetchException when there is no content; what the sink got until then is to be thrown away
     * @throws IOException when the sink throws it
     */
    public void fetch(String url, long limitBytes, OutputStream sink) throws UrlFetchException, IOException {
        // RFC 3986 section 2: a URL is printable ASCII. Anything else could end the command, and begin another.
        if (!url.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new UrlFetchException(UrlFetchException.Kind.UNRESOLVED, "a character that no URL has");
        }
        try (ImapConnection connection = new ImapConnection(server, timeouts)) {
            connection.connect();
            ImapSession session = new ImapSession(connection);
            if (server.implicitTls()) {
                connection.startTls(trust);
                session.greeting();
            } else {
                session.greeting();
                session.startTls(trust);
            }
            session.logIn(server.user(), server.password());
            session.urlFetch(url, new UrlFetchResponse(connection, url, limitBytes, sink));
        }
    }
}

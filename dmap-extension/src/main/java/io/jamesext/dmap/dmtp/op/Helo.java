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
package io.jamesext.dmap.dmtp.op;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/** The client says who it is, and what it had begun is forgotten: {@code ("HELO" / "EHLO") SP ["HOST="] "<" domain ">"}. */
public final class Helo implements DmtpOperation<String> {
    private final boolean extended;
    private final String host;
    private final long maxMessageBytes;

    private Helo(boolean extended, String host, long maxMessageBytes) {
        this.extended = extended;
        this.host = host;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** HELO, which tells the server's name. */
    public static Helo plain(String host) {
        return new Helo(false, host, 0);
    }

    /** EHLO, which tells the limits too. */
    public static Helo extended(String host, long maxMessageBytes) {
        return new Helo(true, host, maxMessageBytes);
    }

    @Override
    public String name() {
        return extended ? "EHLO" : "HELO";
    }

    @Override
    public String parse(CommandLine line) {
        return line.only(1, "HOST").find("HOST").or(() -> line.placed(0))
            .filter(client -> !client.isEmpty())
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "expected HOST=<name of the client>"));
    }

    @Override
    public Publisher<DmtpReply> run(String client, DmtpSession session) {
        session.greeted();
        return Mono.just(extended ? DmtpReply.of(250, host, "SIZE=[" + maxMessageBytes + "]") : DmtpReply.of(250, host));
    }
}

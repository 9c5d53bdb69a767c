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

import java.util.List;
import java.util.function.Function;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import reactor.core.publisher.Mono;

/** A command that has no arguments that matter, and always the same answer. */
public final class Simple implements DmtpOperation<Simple.Request> {
    /** Nothing is asked. */
    public record Request() {
    }

    private final String name;
    private final int mostWords;
    private final Function<DmtpSession, DmtpReply> answer;

    private Simple(String name, int mostWords, Function<DmtpSession, DmtpReply> answer) {
        this.name = name;
        this.mostWords = mostWords;
        this.answer = answer;
    }

    /** Which protocol is spoken here; some servers of DMTP speak SMTP until they are told otherwise. */
    public static Simple mode() {
        return new Simple("MODE", 1, session -> DmtpReply.of(250, "MODE=DMTP"));
    }

    /** TLS is there from the first octet. */
    public static Simple startTls() {
        return new Simple("STARTTLS", 1, session -> DmtpReply.of(503, "TLS is on already"));
    }

    /** Forgets the message that was begun. */
    public static Simple rset() {
        return new Simple("RSET", 0, session -> {
            session.reset();
            return DmtpReply.of(250, "OK");
        });
    }

    /** Does nothing. */
    public static Simple noop() {
        return new Simple("NOOP", 16, session -> DmtpReply.of(250, "OK"));
    }

    /** Names the commands. */
    public static Simple help(List<String> commands) {
        return new Simple("HELP", 1, session -> DmtpReply.of(214, String.join(" ", commands)));
    }

    /** The client goes. */
    public static Simple quit() {
        return new Simple("QUIT", 0, session -> {
            session.connection().closeAfterReply();
            return DmtpReply.of(221, "bye");
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Request parse(CommandLine line) {
        line.only(mostWords, name.equals("STARTTLS") ? new String[] {"HOST", "MODE"} : new String[0]);
        return new Request();
    }

    @Override
    public Publisher<DmtpReply> run(Request request, DmtpSession session) {
        return Mono.fromCallable(() -> answer.apply(session));
    }
}

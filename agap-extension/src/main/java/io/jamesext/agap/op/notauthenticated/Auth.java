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
package io.jamesext.agap.op.notauthenticated;

import java.util.Set;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.Mechanism;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * Chooses how to log in. AGAP section 4.6: {@code AUTH mechanism}. A mechanism that CAPA does not offer to this client now is unsupported.
 * Before the answer those that use a hash give the prefix of what has to be hashed.
 */
public final class Auth implements AgapOperation<Auth.Request> {
    /** The mechanism's name, as the client wrote it. */
    public record Request(String mechanism) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            Request request = new Request(arguments.expectAtom("mechanism"));
            arguments.expectEnd();
            return request;
        }
    }

    private final Mechanisms mechanisms;

    /** With what the server offers. */
    public Auth(Mechanisms mechanisms) {
        this.mechanisms = mechanisms;
    }

    @Override
    public String name() {
        return "AUTH";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.NOT_AUTHENTICATED);
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        Mechanism mechanism = Mechanism.named(request.mechanism)
            .filter(mechanisms.offered(session.client())::contains)
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "UNKNOWN method"));
        Flux<AgapReply> prefix = Flux.fromStream(session.mechanismChosen(mechanism).stream()).map(chosen -> Data.of(chosen.text()));
        return prefix.concatWithValues(Status.ok("Send USER"));
    }
}

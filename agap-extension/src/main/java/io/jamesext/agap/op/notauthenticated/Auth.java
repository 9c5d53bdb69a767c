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
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.Mechanism;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * Chooses how to log in. AGAP section 4.6: {@code AUTH mechanism}. A mechanism that CAPA does not offer to this client now is unsupported;
 * TODO section 4.6: eight of the nine never are.
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

    private final LogIn logIn;

    /** With the server's rule for clear passwords. */
    public Auth(LogIn logIn) {
        this.logIn = logIn;
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
        if (!isOffered(request.mechanism, session)) {
            throw new ProtocolException(Failure.SYNTAX, "UNKNOWN method");
        }
        session.mechanismChosen();
        return Flux.just(Status.ok("Send USER"));
    }

    private boolean isOffered(String mechanism, AgapSession session) {
        return Mechanism.named(mechanism).filter(Mechanism.PLAIN::equals).isPresent() && logIn.mayUsePassword(session.client());
    }
}

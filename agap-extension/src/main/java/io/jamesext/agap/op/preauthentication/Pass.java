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
package io.jamesext.agap.op.preauthentication;

import java.util.Set;

import org.apache.james.core.Username;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Logs in. AGAP section 4.11: {@code PASS password}, which is all the rest of the line. */
public final class Pass implements AgapOperation<Pass.Request> {
    /** The password. */
    public record Request(String password) {
        static Request parse(Line line) {
            return new Request(line.arguments().requireArguments().expectVerbatim("password"));
        }

        @Override
        public String toString() {
            return "Request";
        }
    }

    private final LogIn logIn;
    private final Strangers strangers;
    private final Entry entry;

    /** With the server's log-in. */
    public Pass(LogIn logIn, Strangers strangers, Entry entry) {
        this.logIn = logIn;
        this.strangers = strangers;
        this.entry = entry;
    }

    @Override
    public String name() {
        return "PASS";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_AUTHENTICATION);
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        Username account = session.named()
            .orElseThrow(() -> new ProtocolException(Failure.WRONG_STATE, "EXPECTED USER"));
        return strangers.include(account, session)
            ? strangers.admit(request.password, session)
            : entry.of(logIn.withPassword(session.client(), account, request.password), "WRONG user/password pair", session);
    }
}

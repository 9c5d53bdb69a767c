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

import java.util.EnumSet;
import java.util.Set;

import org.apache.james.core.Username;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * Names the account. AGAP section 4.12: {@code USER account}. Whether there is such an account is not told here, for that would tell
 * anybody who asks; a wrong one is refused with its password.
 */
public final class User implements AgapOperation<User.Request> {
    /** The account. */
    public record Request(Username account) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            String account = arguments.expectAtom("account");
            arguments.expectEnd();
            try {
                return new Request(Username.of(account));
            } catch (IllegalArgumentException e) {
                throw new ProtocolException(Failure.SYNTAX, "INVALID username");
            }
        }
    }

    @Override
    public String name() {
        return "USER";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.PRE_AUTHENTICATION, State.PRE_AUTHENTICATION_HASH);
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        session.accountNamed(request.account);
        return Flux.just(Status.ok(session.state() == State.PRE_AUTHENTICATION ? "Send PASS" : "Send HASH"));
    }
}

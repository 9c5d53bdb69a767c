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
import io.jamesext.agap.session.HashPrefix;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Logs in without showing the password. AGAP section 4.10: {@code HASH hash_code}, of the prefix that AUTH gave and the password. */
public final class Hash implements AgapOperation<Hash.Request> {
    /** The hash, in hexadecimal digits or whatever the client took for them. */
    public record Request(String hash) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            String hash = arguments.expectAtom("hash");
            arguments.expectEnd();
            return new Request(hash);
        }

        @Override
        public String toString() {
            return "Request";
        }
    }

    private final LogIn logIn;
    private final Entry entry;

    /** With the server's log-in. */
    public Hash(LogIn logIn, Entry entry) {
        this.logIn = logIn;
        this.entry = entry;
    }

    @Override
    public String name() {
        return "HASH";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_AUTHENTICATION_HASH);
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        Username account = session.named()
            .orElseThrow(() -> new ProtocolException(Failure.WRONG_STATE, "EXPECTED USER"));
        HashPrefix prefix = session.prefix();
        return entry.of(logIn.withHash(session.client(), account, password -> prefix.isHash(request.hash, password)),
            "WRONG user/hash pair", session);
    }
}

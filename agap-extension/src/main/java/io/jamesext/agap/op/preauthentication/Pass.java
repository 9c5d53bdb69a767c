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
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ReservedFolder;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Logs in. AGAP sections 4.11 and 3.2: {@code PASS password}, which is all the rest of the line. A right one selects INBOX, a wrong one
 * leads back to the not-authenticated state. The account's reserved folders are made when they are missing.
 */
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
    private final Folders folders;

    /** With the server's log-in. */
    public Pass(LogIn logIn, Folders folders) {
        this.logIn = logIn;
        this.folders = folders;
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
        return logIn.withPassword(session.client(), account, request.password)
            .onErrorMap(Pass::isWrong, wrong -> new ProtocolException(Failure.AUTHENTICATION_FAILED, "WRONG user/password pair"))
            .flatMap(user -> folders.reserve(user).then(Mono.defer(() -> selectInbox(user, session))))
            .doOnError(failure -> session.rejected())
            .thenMany(Flux.just(Status.ok("Authenticated")));
    }

    private static boolean isWrong(Throwable error) {
        return error instanceof ProtocolException failure && failure.failure() == Failure.AUTHENTICATION_FAILED;
    }

    private Mono<Void> selectInbox(MailboxSession user, AgapSession session) {
        session.authenticated(user);
        return folders.find(ReservedFolder.INBOX.path(), user)
            .doOnNext(session::selected)
            // Section 3.2: without INBOX the client has to select a folder itself.
            .onErrorResume(ProtocolException.class, missing -> Mono.empty())
            .then();
    }
}

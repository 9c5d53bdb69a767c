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

import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;

import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ReservedFolder;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.Mechanism;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a log-in leads to. AGAP section 3.2: the account with INBOX selected, after its reserved folders were made when they are missing; or
 * the presence or storing state. One that fails leads back to the not-authenticated state.
 */
public final class Entry {
    private final Folders folders;

    /** On the account's folders. */
    public Entry(Folders folders) {
        this.folders = folders;
    }

    /**
     * Lets the user in who logs in.
     *
     * @param wrong what the client is told when name and proof do not fit
     */
    Flux<AgapReply> of(Mono<MailboxSession> logIn, String wrong, AgapSession session) {
        return logIn
            .onErrorMap(Entry::isWrong, error -> new ProtocolException(Failure.AUTHENTICATION_FAILED, wrong))
            .flatMap(user -> enter(user, session))
            .doOnError(failure -> session.rejected())
            .thenMany(Flux.just(Status.ok("Authenticated")));
    }

    private static boolean isWrong(Throwable error) {
        return error instanceof ProtocolException failure && failure.failure() == Failure.AUTHENTICATION_FAILED;
    }

    private Mono<Void> enter(MailboxSession user, AgapSession session) {
        return session.goal() == Mechanism.Goal.ACCOUNT
            ? folders.reserve(user).then(Mono.defer(() -> selectInbox(user, session)))
            : Mono.fromRunnable(() -> session.admitted(Optional.of(user)));
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

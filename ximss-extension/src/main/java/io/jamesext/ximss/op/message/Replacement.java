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
package io.jamesext.ximss.op.message;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendResult;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.table.Replacements;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts a message in the place of one that must still be there. XIMSS, "Message Operations", messageAppend, checkOld: "This check and the
 * append/delete operations are executed atomically." James has no such transaction. What is done here: one replacement of a message at a
 * time, on all nodes, so of several exactly one finds it; the new message is stored before the old one is removed, so no crash loses both;
 * and if the old one is not removed, the new one is taken away again.
 */
final class Replacement {
    /** Half of the lease: whoever has not stored the message by then removes nothing any more. */
    private static final Duration PATIENCE = Replacements.LEASE.dividedBy(2);

    private final Replacements replacements;

    Replacement(Replacements replacements) {
        this.replacements = replacements;
    }

    /** Does it, or fails: with {@link Failure#NO_SUCH_MESSAGE}, or with {@link Failure#CONFLICT} while somebody else does. */
    Mono<AppendResult> replace(MessageManager mailbox, long uid, Mono<AppendResult> append, MailboxSession session) {
        UUID owner = UUID.randomUUID();
        return Mono.usingWhen(claim(mailbox, uid, owner),
            claimed -> isThere(mailbox, uid, session)
                .filter(isThere -> isThere)
                .switchIfEmpty(Mono.error(Replacement::missing))
                .then(append.timeout(PATIENCE))
                .flatMap(appended -> remove(mailbox, uid, appended, session).thenReturn(appended)),
            // What is done is done: a claim that cannot be given back ends by itself.
            claimed -> replacements.release(mailbox.getId(), uid, owner).onErrorComplete());
    }

    /** Removes a message, whether it is there or not. */
    static Mono<Void> delete(MessageManager mailbox, MessageUid uid, MailboxSession session) {
        return Mono.defer(() -> mailbox.deleteReactive(List.of(uid), session));
    }

    private Mono<Boolean> claim(MessageManager mailbox, long uid, UUID owner) {
        return replacements.claim(mailbox.getId(), uid, owner)
            .filter(claimed -> claimed)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "the message is being replaced already")));
    }

    /** Storing may have taken long, and other protocols ask for no claim: it is looked once more whether the old message is there. */
    private static Mono<Void> remove(MessageManager mailbox, long uid, AppendResult appended, MailboxSession session) {
        Mono<Void> takeAway = delete(mailbox, appended.getId().getUid(), session).onErrorComplete();
        return isThere(mailbox, uid, session).flatMap(isThere -> isThere
            ? delete(mailbox, MessageUid.of(uid), session).onErrorResume(error -> unlessDone(mailbox, uid, takeAway, error, session))
            : takeAway.then(Mono.error(missing())));
    }

    /** A removal may fail after it has been done. The new message is taken away only where the old one is seen to be there. */
    private static Mono<Void> unlessDone(MessageManager mailbox, long uid, Mono<Void> takeAway, Throwable error, MailboxSession session) {
        return isThere(mailbox, uid, session)
            .flatMap(isThere -> isThere ? takeAway.then(Mono.error(error)) : Mono.empty());
    }

    private static Mono<Boolean> isThere(MessageManager mailbox, long uid, MailboxSession session) {
        return Flux.defer(() -> mailbox.listMessagesMetadata(MessageRange.one(MessageUid.of(Math.max(uid, 1))), session))
            .any(message -> message.getComposedMessageId().getUid().asLong() == uid);
    }

    private static ProtocolException missing() {
        return new ProtocolException(Failure.NO_SUCH_MESSAGE, "the message to replace is not there");
    }
}

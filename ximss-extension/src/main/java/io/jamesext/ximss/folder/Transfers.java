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
package io.jamesext.ximss.folder;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages on their way from one mailbox to another, as far as the user's rights reach: RFC 4314 section 4. */
public final class Transfers {
    private static final Set<Right> COPY = EnumSet.of(Right.Read);
    private static final Set<Right> MOVE = EnumSet.of(Right.Read, Right.DeleteMessages, Right.PerformExpunge);

    private final MailboxManager mailboxManager;
    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public Transfers(MailboxManager mailboxManager, Mailboxes mailboxes) {
        this.mailboxManager = mailboxManager;
        this.mailboxes = mailboxes;
    }

    /** What is transferred, from where. */
    public record Source(MessageManager mailbox, List<MessageRange> messages) {
    }

    /** How James is asked to take one range of messages, and says what they have become. */
    private interface Carrier {
        Publisher<MessageRange> carry(MessageRange range, MailboxId from, MailboxId to, MailboxSession session);
    }

    /** The messages stay where they are, too. */
    public Mono<Void> copy(Source source, Mono<MessageManager> target, MailboxSession session) {
        return mailboxes.require(COPY, source.mailbox, session)
            .then(target)
            .flatMap(found -> transfer(source, found, session, mailboxManager::copyMessagesReactive));
    }

    /** The messages leave their mailbox when they have been copied. */
    public Mono<Void> move(Source source, Mono<MessageManager> target, MailboxSession session) {
        return mailboxes.require(MOVE, source.mailbox, session)
            .then(target)
            .flatMap(found -> transfer(source, found, session, mailboxManager::moveMessagesReactive));
    }

    private Mono<Void> transfer(Source source, MessageManager target, MailboxSession session, Carrier carrier) {
        if (target.getId().equals(source.mailbox.getId())) {
            // On Cassandra James knows a message once in a mailbox: the second would take the place of the first.
            return Mono.error(new ProtocolException(Failure.CONFLICT, "the messages are in that mailbox"));
        }
        return mailboxes.require(Set.of(Right.Insert), target, session)
            .then(Mono.defer(() -> present(source, session)))
            .flatMapMany(Flux::fromIterable)
            .concatMap(range -> carrier.carry(range, source.mailbox.getId(), target.getId(), session))
            .concatMap(taken -> mailboxes.restrictFlags(taken, target, session))
            .then();
    }

    /** Ranges of messages that are there: James may cut a range into pieces by its numbers, and a client's go up to four billion. */
    private static Mono<List<MessageRange>> present(Source source, MailboxSession session) {
        return Flux.fromIterable(source.messages)
            .concatMap(range -> source.mailbox.listMessagesMetadata(range, session))
            .map(message -> message.getComposedMessageId().getUid())
            .collectList()
            .map(MessageRange::toRanges);
    }
}

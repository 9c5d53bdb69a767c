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
package io.jamesext.lemonade.imap.select;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What has to be looked up of a selected mailbox because the events do not say it. */
final class Lookup {
    private final MailboxManager mailboxes;
    private final MessageManager manager;
    private final MailboxSession session;
    private volatile boolean rightsChanged;
    private volatile boolean readable = true;

    Lookup(MailboxManager mailboxes, MessageManager manager, MailboxSession session) {
        this.mailboxes = mailboxes;
        this.manager = manager;
        this.session = session;
    }

    void rightsChanged() {
        rightsChanged = true;
    }

    /** What it is called now. */
    Mono<MailboxPath> path() {
        return Mono.from(mailboxes.getMailboxReactive(manager.getId(), session))
            .flatMap(found -> Mono.fromCallable(found::getMailboxPath));
    }

    /** Whether the user may still read it: asked after each change of rights. RFC 5465 section 5.9. */
    Mono<Boolean> readable() {
        return Mono.defer(() -> {
            if (!rightsChanged) {
                return Mono.just(readable);
            }
            rightsChanged = false;
            return Mono.from(mailboxes.getMailboxReactive(manager.getId(), session))
                .flatMap(found -> Mono.fromCallable(() -> mailboxes.hasRight(found.getMailboxEntity(), Right.Read, session)))
                .onErrorResume(MailboxNotFoundException.class, hidden -> Mono.just(false))
                .doOnNext(may -> readable = may)
                .doOnError(e -> rightsChanged = true);
        });
    }

    /** The messages with changes from that one on. */
    Flux<ComposedMessageIdWithMetaData> changed(ModSeq from) {
        return Flux.from(manager.listMessagesMetadata(MessageRange.all(), session))
            .filter(message -> message.getModSeq().compareTo(from) >= 0);
    }

    /**
     * Reads what has come where the events do not say it.
     *
     * @param enough when so many can be told, they are told first
     * @param most so many are read at once
     */
    Mono<Void> missed(Arrivals arrivals, int enough, int most) {
        return Mono.defer(() -> Mono.justOrEmpty(arrivals.toRead(enough)))
            .flatMap(range -> Flux.from(manager.listMessagesMetadata(range, session)).take(most)
                .map(message -> message.getComposedMessageId().getUid())
                .collectList())
            .doOnNext(found -> arrivals.read(found, found.size() < most))
            .then();
    }
}

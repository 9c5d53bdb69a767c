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
package io.jamesext.lemonade.imap.notify;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.search.MailboxQuery;

import io.jamesext.lemonade.imap.folder.FolderSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the mailboxes that a client begins to watch: of those it can list, RFC 5465 section 3.1. */
final class Survey {
    /** With RabbitMQ each registration is a round trip. */
    private static final int CONCURRENCY = 8;

    private final MailboxManager mailboxes;
    private final SubscriptionManager subscriptions;

    Survey(MailboxManager mailboxes, SubscriptionManager subscriptions) {
        this.mailboxes = mailboxes;
        this.subscriptions = subscriptions;
    }

    /** Has the watch watch all; ends early, with notes lost, when they are too many. */
    Mono<Void> of(Watch watch, FolderSession session) {
        if (!watch.groups().ofMailboxes()) {
            return Mono.empty();
        }
        // James gives all mailboxes of a user that a query names, seen or not: none is named but the one who asks.
        MailboxQuery query = watch.groups().ofOthers() ? MailboxQuery.builder().matchesAllMailboxNames().build()
            : MailboxQuery.privateMailboxesBuilder(session.mailbox()).build();
        return Mono.fromCallable(() -> subscriptions.subscriptionsReactive(session.mailbox()))
            .flatMapMany(Flux::from)
            .doOnNext(watch.subscriptions()::add)
            .thenMany(Flux.defer(() -> mailboxes.search(query, MailboxManager.MailboxSearchFetchType.Minimal, session.mailbox())))
            .filter(mailbox -> mailbox.getPath().getNamespace().equals(MailboxConstants.USER_NAMESPACE))
            .takeWhile(mailbox -> !watch.notes().lost())
            .flatMap(mailbox -> Mono.fromCallable(() -> access(mailbox, session))
                .flatMap(access -> watch.watch(mailbox.getId(), mailbox.getPath(), access)), CONCURRENCY)
            .then();
    }

    private Watched.Access access(MailboxMetaData mailbox, FolderSession session) throws MailboxException {
        return mailboxes.hasRight(mailbox.getMailbox(), Right.Read, session.mailbox()) ? Watched.Access.READ : Watched.Access.LOOKUP;
    }
}

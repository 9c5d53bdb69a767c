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

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;

import io.jamesext.lemonade.imap.folder.FolderSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the mailboxes that a client begins to watch: of those it can list, RFC 5465 section 3.1. */
final class Survey {
    private static final int CONCURRENCY = 8;

    private final MailboxManager mailboxes;
    private final SubscriptionManager subscriptions;

    Survey(MailboxManager mailboxes, SubscriptionManager subscriptions) {
        this.mailboxes = mailboxes;
        this.subscriptions = subscriptions;
    }

    /** Has the watch watch all; none, with notes lost, when they are too many. */
    Mono<Void> of(Watch watch, FolderSession session) {
        if (!watch.groups().ofMailboxes()) {
            return Mono.empty();
        }
        // James gives all mailboxes of a user that a query names, seen or not: none is named but the one who asks.
        MailboxQuery query = watch.groups().ofOthers() ? MailboxQuery.builder().matchesAllMailboxNames().build()
            : MailboxQuery.privateMailboxesBuilder(session.mailbox()).build();
        return subscriptions(session)
            .doOnNext(watch.subscriptions()::addAll)
            .thenMany(Flux.defer(() -> mailboxes.search(query, MailboxManager.MailboxSearchFetchType.Minimal, session.mailbox())))
            .filter(mailbox -> mailbox.getPath().getNamespace().equals(MailboxConstants.USER_NAMESPACE))
            .filter(mailbox -> !watch.events(mailbox.getPath()).isEmpty())
            // Counted before the first is registered: each registration is a round trip with RabbitMQ, and so is its end.
            .take(Watches.MAX_MAILBOXES + 1L)
            .collectList()
            .flatMapIterable(found -> few(found, watch))
            .flatMap(mailbox -> Mono.fromCallable(() -> access(mailbox, session))
                .flatMap(access -> watch.watch(mailbox.getId(), mailbox.getPath(), access)), CONCURRENCY)
            .then();
    }

    private static List<MailboxMetaData> few(List<MailboxMetaData> found, Watch watch) {
        if (found.size() > Watches.MAX_MAILBOXES) {
            watch.lose();
            return List.of();
        }
        return found;
    }

    /** The names that the user is subscribed to. */
    Mono<Set<MailboxPath>> subscriptions(FolderSession session) {
        return Mono.fromCallable(() -> subscriptions.subscriptionsReactive(session.mailbox()))
            .flatMapMany(Flux::from)
            .collect(Collectors.toSet());
    }

    private Watched.Access access(MailboxMetaData mailbox, FolderSession session) throws MailboxException {
        return mailboxes.hasRight(mailbox.getMailbox(), Right.Read, session.mailbox()) ? Watched.Access.READ : Watched.Access.LOOKUP;
    }
}

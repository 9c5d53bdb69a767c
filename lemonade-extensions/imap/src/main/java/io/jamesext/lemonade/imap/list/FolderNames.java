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

package io.jamesext.lemonade.imap.list;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.PrefixedWildcard;

import com.google.common.base.Strings;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.names.MailboxNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The names that a user has: of mailboxes, in one query of James, and of subscriptions. */
final class FolderNames {
    private final MailboxManager mailboxManager;
    private final SubscriptionManager subscriptions;

    FolderNames(MailboxManager mailboxManager, SubscriptionManager subscriptions) {
        this.mailboxManager = mailboxManager;
        this.subscriptions = subscriptions;
    }

    /** What the user is subscribed to, whether it is there or not. */
    Mono<Set<String>> subscribed(FolderSession session) {
        return Mono.fromCallable(() -> subscriptions.subscriptionsReactive(session.mailbox()))
            .flatMapMany(Flux::from)
            .filter(path -> path.getNamespace().equals(MailboxConstants.USER_NAMESPACE))
            .map(session.names()::name)
            .collect(HashSet::new, Set::add);
    }

    /** The mailboxes that may match: the user's own, and with {@code others} those that others let the user see (RFC 4314: "l"). */
    Mono<Map<String, MailboxMetaData>> mailboxes(List<ListPattern> patterns, boolean others, FolderSession session) {
        // James gives all mailboxes of a user that a query names, seen or not: none is named but the one who asks.
        MailboxQuery query = others ? MailboxQuery.builder().matchesAllMailboxNames().build()
            : MailboxQuery.privateMailboxesBuilder(session.mailbox()).expression(new PrefixedWildcard(prefix(patterns))).build();
        return mailboxManager.search(query, MailboxSearchFetchType.Minimal, session.mailbox())
            .filter(mailbox -> mailbox.getPath().getNamespace().equals(MailboxConstants.USER_NAMESPACE))
            .collect(HashMap::new, (found, mailbox) -> found.put(session.names().name(mailbox.getPath()), mailbox));
    }

    private static String prefix(List<ListPattern> patterns) {
        String prefix = patterns.stream()
            .filter(pattern -> !pattern.inNamespace())
            .map(ListPattern::literalPrefix)
            .reduce(Strings::commonPrefix)
            .orElse("");
        boolean ofInboxInAnotherCase = MailboxConstants.INBOX.startsWith(prefix.toUpperCase(Locale.ROOT))
            && !MailboxConstants.INBOX.startsWith(prefix);
        return ofInboxInAnotherCase ? "" : prefix;
    }

    /** Whether the other users' mailboxes have to be looked at. */
    static boolean needsOthers(List<ListPattern> patterns, ListOptions options, Set<String> subscribed) {
        return patterns.stream().anyMatch(ListPattern::inNamespace)
            || options.selects(ListSelection.SUBSCRIBED) && subscribed.stream().anyMatch(name -> name.startsWith(MailboxNames.NAMESPACE));
    }
}

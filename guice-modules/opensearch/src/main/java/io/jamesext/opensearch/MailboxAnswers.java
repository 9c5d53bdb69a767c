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
package io.jamesext.opensearch;

import java.util.Comparator;
import java.util.List;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex.SearchOverride;

import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Answers from the mailbox itself what its list of UIDs and flags can answer: exactly, at once after any change, and without OpenSearch.
 * Clients ask such questions all the time to synchronise.
 */
@Singleton
final class MailboxAnswers implements SearchOverride {
    private final MailboxSessionMapperFactory mappers;

    private record Entry(MessageUid uid, Flags flags) {
    }

    @Inject
    MailboxAnswers(MailboxSessionMapperFactory mappers) {
        this.mappers = mappers;
    }

    @Override
    public boolean applicable(SearchQuery search, MailboxSession session) {
        return search.getCriteria().stream().allMatch(criterion -> isOf(criterion, true))
            && search.getSorts().stream().allMatch(sort -> sort.getSortClause() == SortClause.Uid);
    }

    @Override
    public Flux<MessageUid> search(MailboxSession session, Mailbox mailbox, SearchQuery search) {
        OpenSearchMessageSearchIndex.requireSession(session);
        MessageMapper mapper = mappers.getMessageMapper(session);
        boolean needsFlags = !search.getCriteria().stream().allMatch(criterion -> isOf(criterion, false));
        Flux<Entry> entries = needsFlags
            ? mapper.listMessagesMetadata(mailbox, MessageRange.all())
                .map(message -> new Entry(message.getComposedMessageId().getUid(), message.getFlags()))
            : mapper.listAllMessageUids(mailbox).map(uid -> new Entry(uid, new Flags()));
        return entries.subscribeOn(Schedulers.boundedElastic())
            .filter(entry -> Criteria.isEmptyUidSet(search) || matchesAll(search.getCriteria(), entry, search))
            .map(Entry::uid)
            .sort(reverse(search) ? Comparator.reverseOrder() : Comparator.naturalOrder());
    }

    private static boolean reverse(SearchQuery search) {
        return !search.getSorts().isEmpty() && search.getSorts().get(0).isReverse();
    }

    private static boolean isOf(Criterion criterion, boolean flagsToo) {
        if (criterion instanceof SearchQuery.ConjunctionCriterion conjunction) {
            return conjunction.getCriteria().stream().allMatch(part -> isOf(part, flagsToo));
        }
        return criterion instanceof SearchQuery.AllCriterion || criterion instanceof SearchQuery.UidCriterion
            || (flagsToo && (criterion instanceof SearchQuery.FlagCriterion || criterion instanceof SearchQuery.CustomFlagCriterion));
    }

    private static boolean matchesAll(List<Criterion> criteria, Entry entry, SearchQuery search) {
        return criteria.stream().allMatch(criterion -> matches(criterion, entry, search));
    }

    private static boolean matches(Criterion criterion, Entry entry, SearchQuery search) {
        if (criterion instanceof SearchQuery.ConjunctionCriterion conjunction) {
            return switch (conjunction.getType()) {
                case AND -> matchesAll(conjunction.getCriteria(), entry, search);
                case OR -> conjunction.getCriteria().stream().anyMatch(part -> matches(part, entry, search));
                case NOR -> conjunction.getCriteria().stream().noneMatch(part -> matches(part, entry, search));
            };
        } else if (criterion instanceof SearchQuery.UidCriterion uids) {
            return List.of(uids.getOperator().getRange()).stream().anyMatch(range -> range.isIn(entry.uid()));
        } else if (criterion instanceof SearchQuery.FlagCriterion flag) {
            return flag.getOperator().isSet() == isSet(flag.getFlag(), entry, search);
        } else if (criterion instanceof SearchQuery.CustomFlagCriterion flag) {
            return flag.getOperator().isSet() == entry.flags().contains(flag.getFlag());
        }
        return criterion instanceof SearchQuery.AllCriterion;
    }

    private static boolean isSet(Flags.Flag flag, Entry entry, SearchQuery search) {
        return flag.equals(Flags.Flag.RECENT) && !search.getRecentMessageUids().isEmpty()
            ? search.getRecentMessageUids().contains(entry.uid())
            : entry.flags().contains(flag);
    }
}

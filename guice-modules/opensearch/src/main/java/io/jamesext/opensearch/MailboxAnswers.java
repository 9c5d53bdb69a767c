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

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex.SearchOverride;

import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Answers from the mailbox itself what its list of UIDs, flags and MODSEQs decides: exactly, at once after any change, and without
 * OpenSearch. Clients ask such questions all the time to synchronise.
 */
@Singleton
final class MailboxAnswers implements SearchOverride {
    private final MailboxSessionMapperFactory mappers;

    @Inject
    MailboxAnswers(MailboxSessionMapperFactory mappers) {
        this.mappers = mappers;
    }

    @Override
    public boolean applicable(SearchQuery search, MailboxSession session) {
        return MailboxCriteria.decide(search)
            && search.getSorts().stream().allMatch(sort -> sort.getSortClause() == SortClause.Uid);
    }

    @Override
    public Flux<MessageUid> search(MailboxSession session, Mailbox mailbox, SearchQuery search) {
        OpenSearchMessageSearchIndex.requireSession(session);
        return uids(mappers.getMessageMapper(session), mailbox, search)
            .subscribeOn(Schedulers.boundedElastic())
            .sort(reverse(search) ? Comparator.reverseOrder() : Comparator.naturalOrder());
    }

    private static Flux<MessageUid> uids(MessageMapper mapper, Mailbox mailbox, SearchQuery search) {
        MailboxCriteria criteria = new MailboxCriteria(search.getCriteria(), search, search);
        if (Criteria.isEmptyUidSet(search)) {
            return mapper.listAllMessageUids(mailbox);
        }
        return mapper.listMessagesMetadata(mailbox, MessageRange.all()).filter(criteria::match)
            .map(message -> message.getComposedMessageId().getUid());
    }

    private static boolean reverse(SearchQuery search) {
        return !search.getSorts().isEmpty() && search.getSorts().get(0).isReverse();
    }
}

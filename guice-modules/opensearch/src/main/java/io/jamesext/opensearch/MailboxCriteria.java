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

import java.util.List;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.ConjunctionCriterion;
import org.apache.james.mailbox.model.SearchQuery.Criterion;

/**
 * A search in two parts: what a mailbox's own list of UIDs, flags and MODSEQs decides, all of which must hold, and the rest of it for the
 * index. Flags that stand under the same OR as a word stay with the index.
 */
record MailboxCriteria(List<Criterion> decided, SearchQuery rest, SearchQuery search) {
    static MailboxCriteria of(SearchQuery search) {
        List<Criterion> all = parts(search.getCriteria()).toList();
        List<Criterion> decided = all.stream().filter(part -> isDecided(part) && !hasOnlyUids(part)).toList();
        SearchQuery rest = decided.isEmpty() ? search
            : SearchQuery.builder().andCriterion(SearchQuery.and(all.stream().filter(part -> !decided.contains(part)).toList()))
                .addRecentMessageUids(search.getRecentMessageUids()).build();
        return new MailboxCriteria(decided, rest, search);
    }

    /** Whether the mailbox decides it all. */
    static boolean decide(SearchQuery search) {
        return search.getCriteria().stream().allMatch(MailboxCriteria::isDecided);
    }

    private static Stream<Criterion> parts(List<Criterion> criteria) {
        return criteria.stream().flatMap(criterion -> criterion instanceof ConjunctionCriterion conjunction
            && conjunction.getType() == SearchQuery.Conjunction.AND ? parts(conjunction.getCriteria()) : Stream.of(criterion));
    }

    private static boolean isDecided(Criterion criterion) {
        if (criterion instanceof ConjunctionCriterion conjunction) {
            return conjunction.getCriteria().stream().allMatch(MailboxCriteria::isDecided);
        }
        return hasOnlyUids(criterion) || criterion instanceof SearchQuery.FlagCriterion
            || criterion instanceof SearchQuery.CustomFlagCriterion || criterion instanceof SearchQuery.ModSeqCriterion;
    }

    private static boolean hasOnlyUids(Criterion criterion) {
        if (criterion instanceof ConjunctionCriterion conjunction) {
            return conjunction.getCriteria().stream().allMatch(MailboxCriteria::hasOnlyUids);
        }
        return criterion instanceof SearchQuery.AllCriterion || criterion instanceof SearchQuery.UidCriterion;
    }

    boolean match(ComposedMessageIdWithMetaData message) {
        return allMatch(decided, message);
    }

    private boolean allMatch(List<Criterion> criteria, ComposedMessageIdWithMetaData message) {
        return criteria.stream().allMatch(criterion -> matches(criterion, message));
    }

    private boolean matches(Criterion criterion, ComposedMessageIdWithMetaData message) {
        if (criterion instanceof ConjunctionCriterion conjunction) {
            return switch (conjunction.getType()) {
                case AND -> allMatch(conjunction.getCriteria(), message);
                case OR -> conjunction.getCriteria().stream().anyMatch(part -> matches(part, message));
                case NOR -> conjunction.getCriteria().stream().noneMatch(part -> matches(part, message));
            };
        } else if (criterion instanceof SearchQuery.UidCriterion uids) {
            return Stream.of(uids.getOperator().getRange()).anyMatch(range -> range.isIn(message.getComposedMessageId().getUid()));
        } else if (criterion instanceof SearchQuery.FlagCriterion flag) {
            return flag.getOperator().isSet() == isSet(flag.getFlag(), message);
        } else if (criterion instanceof SearchQuery.CustomFlagCriterion flag) {
            return flag.getOperator().isSet() == message.getFlags().contains(flag.getFlag());
        } else if (criterion instanceof SearchQuery.ModSeqCriterion modSeq) {
            return matches(modSeq.getOperator(), message.getModSeq().asLong());
        }
        return criterion instanceof SearchQuery.AllCriterion;
    }

    private static boolean matches(SearchQuery.NumericOperator operator, long value) {
        return switch (operator.getType()) {
            case EQUALS -> value == operator.getValue();
            case GREATER_THAN -> value > operator.getValue();
            case LESS_THAN -> value < operator.getValue();
        };
    }

    private boolean isSet(Flags.Flag flag, ComposedMessageIdWithMetaData message) {
        MessageUid uid = message.getComposedMessageId().getUid();
        return flag.equals(Flags.Flag.RECENT) && !search.getRecentMessageUids().isEmpty()
            ? search.getRecentMessageUids().contains(uid)
            : message.getFlags().contains(flag);
    }
}

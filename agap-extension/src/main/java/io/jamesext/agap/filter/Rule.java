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
package io.jamesext.agap.filter;

import java.util.List;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.UidRange;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.tag.Tags;
import io.jamesext.agap.wire.Base62;

/**
 * A rule of a filter. AGAP section 4.3.1. James is searched by {@link #query()}, which may find too much but never too little, and then
 * {@link #matches} decides.
 */
public sealed interface Rule {
    /** True when the item is one that the filter means. */
    boolean matches(MessageUid uid, Flags flags);

    /**
     * What James can narrow the search by, if anything.
     *
     * @param conjunct true where the whole filter can only match if this rule does. Elsewhere no UID is asked for: James's scanning search
     *     takes the first UID criterion that it meets, also in an OR or a NOT, as one that every result must meet.
     */
    Optional<Criterion> narrowing(boolean conjunct);

    /** True when there is a UID rule in it. */
    boolean asksForUids();

    /** What James is searched for. */
    default SearchQuery query() {
        return SearchQuery.of(narrowing(true).orElseGet(SearchQuery::all));
    }

    /** {@code AND}; without rules it matches everything, as the empty filter does. */
    record And(ImmutableList<Rule> rules) implements Rule {
        @Override
        public boolean matches(MessageUid uid, Flags flags) {
            return rules.stream().allMatch(rule -> rule.matches(uid, flags));
        }

        @Override
        public Optional<Criterion> narrowing(boolean conjunct) {
            List<Criterion> narrowing = rules.stream().flatMap(rule -> rule.narrowing(conjunct).stream()).toList();
            return Optional.of(narrowing).filter(criteria -> !criteria.isEmpty()).map(SearchQuery::and);
        }

        @Override
        public boolean asksForUids() {
            return rules.stream().anyMatch(Rule::asksForUids);
        }
    }

    /** {@code OR}. */
    record Or(ImmutableList<Rule> rules) implements Rule {
        @Override
        public boolean matches(MessageUid uid, Flags flags) {
            return rules.stream().anyMatch(rule -> rule.matches(uid, flags));
        }

        @Override
        public Optional<Criterion> narrowing(boolean conjunct) {
            List<Criterion> narrowing = rules.stream().flatMap(rule -> rule.narrowing(false).stream()).toList();
            return Optional.of(narrowing).filter(criteria -> criteria.size() == rules.size()).map(SearchQuery::or);
        }

        @Override
        public boolean asksForUids() {
            return rules.stream().anyMatch(Rule::asksForUids);
        }
    }

    /** {@code NOT}. What it excludes must be exact, and without UIDs all the narrowing is. */
    record Not(Rule rule) implements Rule {
        @Override
        public boolean matches(MessageUid uid, Flags flags) {
            return !rule.matches(uid, flags);
        }

        @Override
        public Optional<Criterion> narrowing(boolean conjunct) {
            return asksForUids() ? Optional.empty() : rule.narrowing(false).map(SearchQuery::not);
        }

        @Override
        public boolean asksForUids() {
            return rule.asksForUids();
        }
    }

    /** {@code UID first:last}, both included, in the order of section 2.5: shorter ones first. */
    record Uids(String first, String last) implements Rule {
        @Override
        public boolean matches(MessageUid uid, Flags flags) {
            String identifier = ItemUid.format(uid);
            return Base62.ORDER.compare(first, identifier) <= 0 && Base62.ORDER.compare(identifier, last) <= 0;
        }

        @Override
        public Optional<Criterion> narrowing(boolean conjunct) {
            return conjunct ? Optional.of(criterion()) : Optional.empty();
        }

        @Override
        public boolean asksForUids() {
            return true;
        }

        private Criterion criterion() {
            long from = first.length() < Base62.DIGITS ? 1 : Base62.decode(first).orElse(Long.MAX_VALUE);
            long to = last.length() < Base62.DIGITS ? 0 : Base62.decode(last).orElse(Long.MAX_VALUE);
            return from > to
                ? SearchQuery.not(SearchQuery.all())
                : SearchQuery.uid(new UidRange(MessageUid.of(Math.max(from, 1)), MessageUid.of(Math.max(to, 1))));
        }
    }

    /** {@code TAG name} matches any value; {@code TAG name=value} the complete value. */
    record Tagged(Tag tag) implements Rule {
        @Override
        public boolean matches(MessageUid uid, Flags flags) {
            return isNew() ? tag.value().isEmpty() && !flags.contains(Flags.Flag.SEEN) : flags.contains(Tags.flags(tag));
        }

        @Override
        public Optional<Criterion> narrowing(boolean conjunct) {
            return Optional.of(criterion());
        }

        @Override
        public boolean asksForUids() {
            return false;
        }

        private Criterion criterion() {
            if (isNew()) {
                return tag.value().isEmpty() ? SearchQuery.flagIsUnSet(Flags.Flag.SEEN) : SearchQuery.not(SearchQuery.all());
            }
            Flags flags = Tags.flags(tag);
            ImmutableList.Builder<Criterion> criteria = ImmutableList.builder();
            for (Flags.Flag flag : flags.getSystemFlags()) {
                criteria.add(SearchQuery.flagIsSet(flag));
            }
            for (String keyword : flags.getUserFlags()) {
                criteria.add(SearchQuery.flagIsSet(keyword));
            }
            return SearchQuery.and(criteria.build());
        }

        private boolean isNew() {
            return tag.name().equals(Tag.NEW);
        }
    }
}

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
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.tag.Tags;
import io.jamesext.agap.wire.Base62;

/** A rule of a filter. AGAP section 4.3.1. */
public sealed interface Rule {
    /** Whether it matches an item of which so much is known. */
    Verdict verdict(Facts facts);

    /** What James can narrow the search by, if anything: it finds every item that the rule matches, and perhaps others. */
    default Optional<Criterion> narrowing() {
        return exact();
    }

    /** What James finds exactly the items with that the rule matches, if there is such a search. */
    default Optional<Criterion> exact() {
        return Optional.empty();
    }

    /** Where the items are that it matches. */
    default UidSpan span() {
        return UidSpan.ALL;
    }

    /** The fields that it asks for, as the client wrote them. */
    default Stream<String> fields() {
        return Stream.empty();
    }

    /** {@code AND}; without rules it matches everything, as the empty filter does. */
    record And(ImmutableList<Rule> rules) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            Verdict verdict = Verdict.YES;
            for (Rule rule : rules) {
                Verdict next = rule.verdict(facts);
                if (next == Verdict.NO) {
                    return Verdict.NO;
                }
                verdict = next == Verdict.OPEN ? next : verdict;
            }
            return verdict;
        }

        @Override
        public Optional<Criterion> narrowing() {
            List<Criterion> some = rules.stream().flatMap(rule -> rule.narrowing().stream()).toList();
            return Optional.of(some).filter(criteria -> !criteria.isEmpty()).map(SearchQuery::and);
        }

        @Override
        public Optional<Criterion> exact() {
            return Narrowing.all(rules.stream().map(Rule::exact)).map(SearchQuery::and);
        }

        @Override
        public UidSpan span() {
            return rules.stream().map(Rule::span).reduce(UidSpan.ALL, UidSpan::intersection);
        }

        @Override
        public Stream<String> fields() {
            return rules.stream().flatMap(Rule::fields);
        }
    }

    /** {@code OR}. */
    record Or(ImmutableList<Rule> rules) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            Verdict verdict = Verdict.NO;
            for (Rule rule : rules) {
                Verdict next = rule.verdict(facts);
                if (next == Verdict.YES) {
                    return Verdict.YES;
                }
                verdict = next == Verdict.OPEN ? next : verdict;
            }
            return verdict;
        }

        @Override
        public Optional<Criterion> narrowing() {
            return Narrowing.all(rules.stream().map(Rule::narrowing)).map(SearchQuery::or);
        }

        @Override
        public Optional<Criterion> exact() {
            return Narrowing.all(rules.stream().map(Rule::exact)).map(SearchQuery::or);
        }

        @Override
        public UidSpan span() {
            return rules.stream().map(Rule::span).reduce(UidSpan.NONE, UidSpan::hull);
        }

        @Override
        public Stream<String> fields() {
            return rules.stream().flatMap(Rule::fields);
        }
    }

    /** {@code NOT}. What it excludes must be exact. */
    record Not(Rule rule) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            return rule.verdict(facts).inverse();
        }

        @Override
        public Optional<Criterion> exact() {
            return rule.exact().map(SearchQuery::not);
        }

        @Override
        public Stream<String> fields() {
            return rule.fields();
        }
    }

    /** {@code UID first:last}, both included, in the order of section 2.5: shorter ones first. */
    record Uids(String first, String last) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            String identifier = ItemUid.format(facts.uid());
            return Verdict.of(Base62.ORDER.compare(first, identifier) <= 0 && Base62.ORDER.compare(identifier, last) <= 0);
        }

        @Override
        public UidSpan span() {
            if (first.length() > Base62.DIGITS || last.length() < Base62.DIGITS) {
                return UidSpan.NONE;
            }
            return new UidSpan(Math.max(1, Base62.decode(first).orElse(1)), Base62.decode(last).orElse(Long.MAX_VALUE));
        }
    }

    /** {@code TAG name} matches any value; {@code TAG name=value} the complete value. */
    record Tagged(Tag tag) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            return Verdict.of(isNew()
                ? tag.value().isEmpty() && !facts.flags().contains(Flags.Flag.SEEN)
                : facts.flags().contains(Tags.flags(tag)));
        }

        @Override
        public Optional<Criterion> exact() {
            if (isNew()) {
                return tag.value().isEmpty() ? Optional.of(SearchQuery.flagIsUnSet(Flags.Flag.SEEN)) : Optional.empty();
            }
            Flags flags = Tags.flags(tag);
            ImmutableList.Builder<Criterion> criteria = ImmutableList.builder();
            for (Flags.Flag flag : flags.getSystemFlags()) {
                criteria.add(SearchQuery.flagIsSet(flag));
            }
            for (String keyword : flags.getUserFlags()) {
                criteria.add(SearchQuery.flagIsSet(keyword));
            }
            return Optional.of(SearchQuery.and(criteria.build()));
        }

        private boolean isNew() {
            return tag.name().equals(Tag.NEW);
        }
    }

    /**
     * {@code IS path op 'text'}.
     *
     * @param path as the client wrote it; one that is no leaf of an item has no value there
     */
    record Is(String path, Comparison comparison, String text) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            return facts.values(path).map(this::verdict).orElse(Verdict.OPEN);
        }

        /** Of several values any is enough, but for {@code !=}. */
        private Verdict verdict(ImmutableList<String> values) {
            return Verdict.of(comparison == Comparison.UNEQUAL
                ? values.stream().allMatch(value -> comparison.holds(value, text))
                : values.stream().anyMatch(value -> comparison.holds(value, text)));
        }

        @Override
        public Optional<Criterion> narrowing() {
            return comparison == Comparison.EQUAL && Wildcard.isExact(text)
                ? Narrowing.header(path, Wildcard.text(text))
                : Optional.empty();
        }

        @Override
        public Stream<String> fields() {
            return Stream.of(path);
        }
    }

    /**
     * {@code REGEX path = 'expression'}: any value has it in it.
     *
     * @param absent for {@code !=}: none has
     */
    record Regex(String path, boolean absent, RegularExpression expression) implements Rule {
        @Override
        public Verdict verdict(Facts facts) {
            return facts.values(path)
                .map(values -> Verdict.of(values.stream().anyMatch(expression::isIn) != absent))
                .orElse(Verdict.OPEN);
        }

        @Override
        public Stream<String> fields() {
            return Stream.of(path);
        }
    }
}

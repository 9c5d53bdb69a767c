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

package io.jamesext.lemonade.imap.search;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.collect.Lists;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.objectid.ObjectIds;
import io.jamesext.lemonade.imap.search.SearchKey.Leaf;
import io.jamesext.lemonade.imap.search.SearchKey.MarkKey;
import io.jamesext.lemonade.imap.search.SearchKey.MeasureKey;
import io.jamesext.lemonade.imap.search.SearchKey.TextKey;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs a search program over a mailbox, from the cheapest source to the dearest. */
public final class MailboxSearch {
    private final TextSearch texts;
    private final Filters filters;
    private final Clock clock;

    /** What the mailbox's list of flags says of a message. */
    private record Marks(Flags flags, long modSeq, MessageId emailId, Optional<String> threadId) {
        static Marks of(ComposedMessageIdWithMetaData message) {
            return new Marks(message.getFlags(), message.getModSeq().asLong(), message.getComposedMessageId().getMessageId(),
                Optional.ofNullable(message.getThreadId()).map(ObjectIds::ofThread));
        }

        Optional<Boolean> matches(Leaf leaf) {
            if (leaf instanceof SearchKey.SystemFlag key) {
                return Optional.of(flags.contains(key.flag()));
            }
            if (leaf instanceof SearchKey.Keyword key) {
                return Optional.of(flags.contains(key.flag()));
            }
            if (leaf instanceof SearchKey.ModSeq key) {
                return Optional.of(modSeq >= key.least());
            }
            if (leaf instanceof SearchKey.EmailId key) {
                return Optional.of(ObjectIds.ofMessage(emailId).equals(key.id()));
            }
            if (leaf instanceof SearchKey.ThreadId key) {
                return Optional.of(threadId.equals(Optional.of(key.id())));
            }
            return Optional.empty();
        }
    }

    /** What the mailbox's list of sizes and dates says of a message. */
    private record Measures(long sizeBytes, Instant arrived, Instant saved, Instant now) {
        static Measures of(MessageResult message, Instant now) {
            Instant arrived = message.getInternalDate().toInstant();
            // RFC 8514 section 4.3: the internal date stands in for a save date that is not kept.
            return new Measures(message.getSize(), arrived, message.getSaveDate().map(Date::toInstant).orElse(arrived), now);
        }

        Optional<Boolean> matches(Leaf leaf) {
            if (leaf instanceof SearchKey.Larger key) {
                return Optional.of(sizeBytes > key.bytes());
            }
            if (leaf instanceof SearchKey.Smaller key) {
                return Optional.of(sizeBytes < key.bytes());
            }
            if (leaf instanceof SearchKey.Arrived key) {
                return Optional.of(key.when().matches(day(arrived), key.day()));
            }
            if (leaf instanceof SearchKey.Saved key) {
                return Optional.of(key.when().matches(day(saved), key.day()));
            }
            // RFC 5032 section 2: exact "to the resolution of a second".
            if (leaf instanceof SearchKey.Older key) {
                return Optional.of(arrived.getEpochSecond() <= now.minus(key.age()).getEpochSecond());
            }
            if (leaf instanceof SearchKey.Younger key) {
                return Optional.of(arrived.getEpochSecond() >= now.minus(key.age()).getEpochSecond());
            }
            return Optional.empty();
        }

        /** FETCH shows these dates in UTC: their day is that of UTC. */
        private static LocalDate day(Instant instant) {
            return instant.atZone(ZoneOffset.UTC).toLocalDate();
        }
    }

    /** For the texts by James's search where it knows them, and else by reading the messages. */
    public static MailboxSearch of(MailboxManager mailboxes, Filters filters, Clock clock) {
        boolean indexed = mailboxes.getSupportedSearchCapabilities().contains(SearchCapabilities.FullText);
        return new MailboxSearch(indexed ? new IndexedTexts() : ReadTexts.inBulk(), filters, clock);
    }

    MailboxSearch(TextSearch texts, Filters filters, Clock clock) {
        this.texts = texts;
        this.filters = filters;
        this.clock = clock;
    }

    /** Reads the messages for their texts: an index may not have those yet that have just arrived. It knows no filters. */
    public static MailboxSearch reading(Clock clock) {
        return new MailboxSearch(ReadTexts.inBulk(), new Filters(session -> Mono.just(Map.of())), clock);
    }

    /** The program without filters, which a search does not know: what it means now. RFC 5466 section 3.1. */
    public Mono<SearchKey> expanded(SearchKey program, MailboxSource mailbox) {
        return filters.expanded(program, mailbox.session());
    }

    /** The UIDs of the messages that match, ascending. */
    public Mono<List<Long>> search(SearchKey program, View view, MailboxSource mailbox) {
        return search(mailbox, () -> lookAtView(view.bind(program), view,
            IntStream.rangeClosed(1, view.size()).mapToObj(view::uid).flatMap(Optional::stream)));
    }

    /** Of these messages those that match, ascending. What it costs does not depend on the others. */
    public Mono<List<Long>> searchAmong(LongStream uids, SearchKey program, View view, MailboxSource mailbox) {
        List<NumberSet.Range> ranges = NumberSet.of(uids).ranges();
        SearchKey bound = view.bind(program);
        return Flux.fromIterable(Lists.partition(ranges, MailboxSource.MAX_RANGES))
            .concatMap(some -> search(mailbox, () -> lookAtView(bound, view, new NumberSet(some).numbers().boxed())), 1)
            .collect(ArrayList::new, List::addAll);
    }

    private Mono<List<Long>> search(MailboxSource mailbox, Callable<Sieve> looked) {
        return Blocking.call(looked)
            .flatMap(sieve -> sieve.needs(MarkKey.class) ? readMarks(sieve, mailbox) : Mono.just(sieve))
            .flatMap(sieve -> sieve.needs(MeasureKey.class) ? readMeasures(sieve, mailbox) : Mono.just(sieve))
            .flatMap(sieve -> sieve.needs(TextKey.class) ? findTexts(sieve, mailbox) : Mono.just(sieve.matching()))
            .map(uids -> uids.stream().sorted().toList());
    }

    /** The highest MODSEQ of these messages; none when they have all gone. */
    public Mono<OptionalLong> highestModSeq(Collection<Long> uids, MailboxSource mailbox) {
        return mailbox.marks(uids)
            .filter(message -> uids.contains(message.getComposedMessageId().getUid().asLong()))
            .map(message -> message.getModSeq().asLong())
            .reduce(Math::max)
            .map(OptionalLong::of)
            .defaultIfEmpty(OptionalLong.empty());
    }

    private static Sieve lookAtView(SearchKey program, View view, Stream<Long> uids) {
        Sieve sieve = new Sieve();
        uids.filter(view::isThere).forEach(uid -> sieve.put(uid, program, leaf -> view.matches(leaf, uid)));
        return sieve;
    }

    private static Mono<Sieve> readMarks(Sieve before, MailboxSource mailbox) {
        return mailbox.marks(before.open()).collect(() -> Sieve.after(before), (sieve, message) -> {
            Marks marks = Marks.of(message);
            sieve.putAgain(before, message.getComposedMessageId().getUid().asLong(), marks::matches);
        });
    }

    private Mono<Sieve> readMeasures(Sieve before, MailboxSource mailbox) {
        Instant now = clock.instant();
        return mailbox.measures(before.open()).collect(() -> Sieve.after(before), (sieve, message) -> {
            Measures measures = Measures.of(message, now);
            sieve.putAgain(before, message.getUid().asLong(), measures::matches);
        });
    }

    private Mono<List<Long>> findTexts(Sieve sieve, MailboxSource mailbox) {
        return texts.matching(sieve.byRest(), mailbox).collect(sieve::matching, List::add);
    }
}

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
package io.jamesext.lemonade.imap.context;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.lemonade.imap.sort.MessageOrder;
import io.jamesext.lemonade.imap.sort.MessageRow;
import io.jamesext.lemonade.imap.sort.SortOrder;
import reactor.core.publisher.Mono;

/**
 * That of SORT and UID SORT. RFC 5256, SORT.
 *
 * @param messages knows what messages are sorted by
 */
public record SortedOrder(SortOrder criteria, MessageOrder messages) implements Order {
    @Override
    public Mono<UidList> sort(UidList ascending, MailboxSource mailbox) {
        return messages.sort(criteria, ascending.stream().boxed().toList(), mailbox)
            .map(sorted -> UidList.of(LongStream.of(sorted)));
    }

    @Override
    public Mono<Placing> place(UidList ascending, UidList results, MailboxSource mailbox) {
        return messages.rows(criteria, ascending.stream().boxed().toList(), mailbox)
            .map(rows -> new Places(rows.stream().sorted(criteria.comparator()).toList(), results, criteria.comparator()))
            .flatMap(places -> search(places, results, mailbox));
    }

    /** A step of the binary searches of all messages at once: the results in their middles are looked up together. */
    private Mono<Placing> search(Places places, UidList results, MailboxSource mailbox) {
        List<Long> middles = places.middles();
        if (middles.isEmpty()) {
            return Mono.just(places.found());
        }
        return rows(middles, mailbox)
            // A result that nobody knows any more, for it is just going, cannot halve anything.
            .flatMap(rows -> rows.size() == middles.size() ? Mono.just(rows) : rows(results.stream().boxed().toList(), mailbox))
            .flatMap(rows -> {
                places.halve(rows);
                return search(places, results, mailbox);
            });
    }

    private Mono<Map<Long, MessageRow>> rows(Collection<Long> uids, MailboxSource mailbox) {
        return messages.rows(criteria, uids, mailbox)
            .map(rows -> rows.stream().collect(Collectors.toMap(MessageRow::uid, Function.identity())));
    }

    /** Between which results each of the messages belongs, as far as it is known. */
    private static final class Places {
        private final List<MessageRow> others;
        private final UidList results;
        private final Comparator<MessageRow> order;
        private final int[] low;
        private final int[] high;

        Places(List<MessageRow> others, UidList results, Comparator<MessageRow> order) {
            this.others = others;
            this.results = results;
            this.order = order;
            this.low = new int[others.size()];
            this.high = new int[others.size()];
            Arrays.fill(high, results.size());
        }

        private int middle(int other) {
            return (low[other] + high[other]) >>> 1;
        }

        List<Long> middles() {
            return IntStream.range(0, low.length).filter(other -> low[other] < high[other])
                .mapToObj(other -> results.get(middle(other))).distinct().toList();
        }

        /** Where the middle is unknown, the next one that is known takes its place; behind none there is nothing to compare with. */
        void halve(Map<Long, MessageRow> rows) {
            for (int other = 0; other < low.length; other++) {
                if (low[other] < high[other]) {
                    halve(other, rows);
                }
            }
        }

        private void halve(int other, Map<Long, MessageRow> rows) {
            int middle = middle(other);
            int known = IntStream.range(middle, high[other]).filter(at -> rows.containsKey(results.get(at))).findFirst().orElse(-1);
            if (known >= 0 && order.compare(Objects.requireNonNull(rows.get(results.get(known))), others.get(other)) < 0) {
                low[other] = known + 1;
            } else {
                high[other] = middle;
            }
        }

        Placing found() {
            return new Placing(UidList.of(others.stream().mapToLong(MessageRow::uid)), low);
        }
    }
}

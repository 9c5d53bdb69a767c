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

package io.jamesext.lemonade.imap.sort;

import java.util.Comparator;
import java.util.List;

/** {@code sort-criteria}: by what messages are sorted, the first criterion first. RFC 5256, SORT. */
public record SortOrder(List<Criterion> criteria) {
    /** {@code sort-criterion = ["REVERSE" SP] sort-key}. */
    public record Criterion(SortKey key, boolean reverse) {
        Comparator<MessageRow> order() {
            return reverse ? key.order().reversed() : key.order();
        }
    }

    public SortOrder {
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException("an order without criteria");
        }
        criteria = List.copyOf(criteria);
    }

    /** Messages that are the same for all criteria are in the order of the mailbox, which no REVERSE turns. */
    public Comparator<MessageRow> comparator() {
        return criteria.stream().map(Criterion::order).reduce(Comparator::thenComparing).orElseThrow()
            .thenComparing(Comparator.comparingLong(MessageRow::uid));
    }

    boolean readsHeader() {
        return criteria.stream().anyMatch(criterion -> criterion.key().readsHeader());
    }
}

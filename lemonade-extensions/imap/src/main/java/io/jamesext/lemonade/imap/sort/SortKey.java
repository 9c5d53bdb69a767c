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
import java.util.Set;
import java.util.function.Function;

/** {@code sort-key}, RFC 5256 section 5 and RFC 5957 section 5. Without the header field that a key looks at, it is the empty string. */
public enum SortKey {
    ARRIVAL(Comparator.comparingLong(MessageRow::arrived)),
    CC(text(values -> values.texts().cc())),
    DATE(Comparator.comparingLong(MessageRow::sent)),
    DISPLAYFROM(text(values -> values.texts().displayFrom())),
    DISPLAYTO(text(values -> values.texts().displayTo())),
    FROM(text(values -> values.texts().from())),
    SIZE(Comparator.comparingLong(MessageRow::sizeBytes)),
    SUBJECT(text(values -> values.subject().key())),
    TO(text(values -> values.texts().to()));

    private static final Set<SortKey> OF_THE_MAILBOX = Set.of(ARRIVAL, SIZE);

    private final Comparator<MessageRow> order;

    SortKey(Comparator<MessageRow> order) {
        this.order = order;
    }

    private static Comparator<MessageRow> text(Function<MessageValues, String> text) {
        return Comparator.comparing(row -> text.apply(row.values()), CollationKey.ORDER);
    }

    Comparator<MessageRow> order() {
        return order;
    }

    boolean readsHeader() {
        return !OF_THE_MAILBOX.contains(this);
    }
}

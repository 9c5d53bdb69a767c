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

package io.jamesext.lemonade.imap.fetch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

/** The messages of a sequence-set, as ranges of UIDs that exist, in order and each once. RFC 3501 section 9, sequence-set. */
final class MessageSet {
    /** What James's reader makes of "*". */
    private static final long LAST = Long.MAX_VALUE;

    /** From one number to another. */
    private record Span(long low, long high) {
    }

    private MessageSet() {
    }

    /** The ranges; nothing where a sequence number is none of the mailbox, which RFC 3501 section 9 wants answered with BAD. */
    static Optional<List<MessageRange>> ranges(FetchRequest.Messages messages, SelectedMailbox selected) {
        long last = messages.uids() ? selected.getLastUid().map(MessageUid::asLong).orElse(0L) : selected.existsCount();
        List<Span> spans = new ArrayList<>();
        for (IdRange range : messages.ranges()) {
            long one = range.getLowVal() == LAST ? last : range.getLowVal();
            long other = range.getHighVal() == LAST ? last : range.getHighVal();
            Span span = new Span(Math.min(one, other), Math.max(one, other));
            if (!messages.uids() && (span.low() < 1 || span.high() > last)) {
                return Optional.empty();
            }
            if (span.low() <= last && span.high() > 0) {
                spans.add(new Span(Math.max(span.low(), 1), Math.min(span.high(), last)));
            }
        }
        return Optional.of(merged(spans).stream().flatMap(span -> range(span, messages.uids(), selected).stream()).toList());
    }

    /** Whether a UID is one of the set, whether it exists or not. */
    static boolean includes(FetchRequest.Messages messages, MessageUid uid) {
        return messages.ranges().stream().anyMatch(range -> range.getLowVal() <= uid.asLong() && uid.asLong() <= range.getHighVal());
    }

    private static Optional<MessageRange> range(Span span, boolean uids, SelectedMailbox selected) {
        if (uids) {
            return Optional.of(MessageRange.range(MessageUid.of(span.low()), MessageUid.of(span.high())));
        }
        return selected.uid((int) span.low())
            .flatMap(first -> selected.uid((int) span.high()).map(last -> MessageRange.range(first, last)));
    }

    private static List<Span> merged(List<Span> spans) {
        spans.sort(Comparator.comparingLong(Span::low));
        List<Span> merged = new ArrayList<>();
        for (Span span : spans) {
            Span before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && span.low() <= before.high() + 1) {
                merged.set(merged.size() - 1, new Span(before.low(), Math.max(before.high(), span.high())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }
}

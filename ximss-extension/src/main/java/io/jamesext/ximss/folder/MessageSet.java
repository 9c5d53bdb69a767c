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
package io.jamesext.ximss.folder;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.TreeRangeSet;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * The messages that an operation is applied to: UIDs or indexes, never both. XIMSS, "Mailbox Operations". Ranges may go far beyond
 * what there is, so they are cut to the view before they are counted out.
 *
 * @param byIndex true for indexes
 * @param ranges in the order of the request
 */
public record MessageSet(boolean byIndex, List<Range> ranges) {
    private static final String INDEX = "index";
    private static final String UID = "UID";
    /** What one request may list. */
    private static final int MAX_RANGES = 10_000;
    /** RFC 3501 section 2.3.1.1: UIDs have 32 bits. */
    private static final long MAX_UID = 0xFFFF_FFFFL;

    /** From one number to another, both included; empty when the second is less. */
    public record Range(long from, long till) {
        static Range parse(Element element) {
            String name = element.name();
            if (element.attribute("from").isEmpty() && element.attribute("till").isEmpty()) {
                long one = Element.number(name, element.text().strip());
                return new Range(one, one);
            }
            return new Range(Element.number(name, element.required("from")), Element.number(name, element.required("till")));
        }
    }

    /**
     * Reads the UID and index elements.
     *
     * @throws ProtocolException when there are none, or both kinds
     */
    public static MessageSet parse(Element element) {
        long indexes = element.elements(INDEX).count();
        long uids = element.elements(UID).count();
        if (indexes + uids == 0 || indexes > 0 && uids > 0) {
            throw new ProtocolException(Failure.SYNTAX, "either UID or index elements are needed");
        }
        if (indexes + uids > MAX_RANGES) {
            throw new ProtocolException(Failure.TOO_BIG, "too many UID or index elements");
        }
        return new MessageSet(indexes > 0, element.elements(indexes > 0 ? INDEX : UID).map(Range::parse)
            .collect(ImmutableList.toImmutableList()));
    }

    /** The set of folderBrowse, which knows indexes only. */
    public static MessageSet parseIndexes(Element element) {
        MessageSet set = parse(element);
        if (!set.byIndex) {
            throw new ProtocolException(Failure.SYNTAX, "only index elements are allowed here");
        }
        return set;
    }

    /**
     * The indexes that the view has, each once, in the order of the request.
     *
     * @throws ProtocolException when the ranges overlap so much that counting them out would cost more than the view is worth
     */
    public List<Integer> indexes(FolderView view) {
        long last = view.size() - 1L;
        long total = ranges.stream().mapToLong(range -> Math.max(0, Math.min(range.till, last) - range.from + 1)).sum();
        if (total > last + MAX_RANGES) {
            throw new ProtocolException(Failure.TOO_BIG, "the index ranges overlap too much");
        }
        Set<Integer> indexes = new LinkedHashSet<>();
        ranges.forEach(range -> LongStream.rangeClosed(range.from, Math.min(range.till, last)).forEach(index -> indexes.add((int) index)));
        return ImmutableList.copyOf(indexes);
    }

    /**
     * The same in James's terms. Indexes mean the view's messages, UIDs the mailbox's: "applied to all Mailbox messages with UIDs not
     * smaller than the from attribute value", so also those that are not in the view.
     */
    public List<MessageRange> messages(FolderView view) {
        if (byIndex) {
            return MessageRange.toRanges(indexes(view).stream().map(index -> MessageUid.of(view.at(index).uid())).toList());
        }
        TreeRangeSet<Long> uids = TreeRangeSet.create();
        ranges.stream().filter(range -> range.from <= range.till)
            .forEach(range -> uids.add(com.google.common.collect.Range.closed(range.from, range.till).canonical(DiscreteDomain.longs())));
        return uids.subRangeSet(com.google.common.collect.Range.closedOpen(1L, MAX_UID + 1)).asRanges().stream()
            .map(range -> MessageRange.range(MessageUid.of(range.lowerEndpoint()), MessageUid.of(range.upperEndpoint() - 1)))
            .toList();
    }
}

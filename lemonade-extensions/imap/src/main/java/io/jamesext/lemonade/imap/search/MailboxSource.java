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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.MessageResultIterator;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/** What a search or a sort reads of a mailbox, for a user. */
public record MailboxSource(MessageManager mailbox, MailboxSession session) {
    /** Each range is a query of the store: messages that lie scattered are read with those between them. */
    static final int MAX_RANGES = 64;
    /** Where so few messages lie between two, they are read too: it costs less than another query. */
    private static final int NEARBY = 16;
    private static final int READ_AT_ONCE = 4;

    /** Flags and MODSEQs of the messages that are there, and maybe of some between them. */
    Flux<ComposedMessageIdWithMetaData> marks(Collection<Long> uids) {
        return Flux.fromIterable(ranges(uids))
            .concatMap(range -> mailbox.listMessagesMetadata(range, session))
            .publishOn(Blocking.SCHEDULER);
    }

    /** Sizes and dates of the messages that are there, and maybe of some between them; no texts. */
    public Flux<MessageResult> measures(Collection<Long> uids) {
        return messages(uids, FetchGroup.MINIMAL).publishOn(Blocking.SCHEDULER);
    }

    /**
     * The messages that are there, and maybe some between them, with what the group says. Not one by one: for each question James's
     * memory backend goes through the whole mailbox.
     */
    Flux<MessageResult> messages(Collection<Long> uids, FetchGroup group) {
        return Flux.fromIterable(ranges(uids)).concatMap(range -> mailbox.getMessagesReactive(range, group, session), 1);
    }

    /** The same of a few messages here and there, and none between them: of texts on Cassandra each is a read of its own. */
    Flux<MessageResult> scattered(Collection<Long> uids, FetchGroup group) {
        return Flux.fromIterable(NumberSet.of(uids.stream().mapToLong(Long::longValue)).ranges())
            .flatMap(range -> mailbox.getMessagesReactive(range(range.low(), range.high()), group, session), READ_AT_ONCE, 1);
    }

    /**
     * Those of the messages that are there, whole: so many at a time as are 4 MB together, or one that is larger. James would hand out
     * hundreds at once, as many as its {@code batchsizes.properties} says.
     */
    Flux<MessageResult> contents(Set<Long> uids) {
        return Flux.fromIterable(ranges(uids)).concatMap(range -> contents(range, uids), 1);
    }

    private Flux<MessageResult> contents(MessageRange range, Set<Long> uids) {
        return Flux.from(mailbox.getMessagesReactive(range, FetchGroup.MINIMAL, session))
            .map(message -> new Measured(message.getUid(), message.getSize(), uids.contains(message.getUid().asLong())))
            .bufferUntil(new Batch())
            .concatMap(batch -> Flux.fromIterable(runs(batch))
                .flatMap(run -> mailbox.getMessagesReactive(run, FetchGroup.FULL_CONTENT, session), READ_AT_ONCE, 1), 1);
    }

    /** A message that is there, and whether it is wanted. */
    private record Measured(MessageUid uid, long bytes, boolean wanted) {
    }

    /** Says which message is the last one of its batch. */
    private static final class Batch implements Predicate<Measured> {
        private static final long MAX_BYTES = 4 << 20;
        private static final long LEAST = 4 << 10;

        private long bytes;

        @Override
        public boolean test(Measured message) {
            bytes += message.wanted() ? Math.max(message.bytes(), LEAST) : LEAST;
            boolean full = bytes >= MAX_BYTES;
            if (full) {
                bytes = 0;
            }
            return full;
        }
    }

    /** The fewest ranges with all that are wanted of these, and none of the others. */
    private static List<MessageRange> runs(List<Measured> batch) {
        List<MessageRange> runs = new ArrayList<>();
        for (int at = 0; at < batch.size(); at++) {
            int first = at;
            while (at < batch.size() && batch.get(at).wanted()) {
                at++;
            }
            if (at > first) {
                runs.add(MessageRange.range(batch.get(first).uid(), batch.get(at - 1).uid()));
            }
        }
        return runs;
    }

    /** The headers of the messages that are there, and of few between them; of no more messages at a time than the client of this takes. */
    public Flux<MessageResult> headers(Collection<Long> uids) {
        return Flux.fromIterable(nearby(uids))
            .concatMap(range -> mailbox.getMessagesReactive(range, FetchGroup.HEADERS, session), 1);
    }

    /**
     * Octets that begin with the header of a message, of which the header was read. James looks for CR LF CR LF to know where a header
     * ends, and takes a message without that for one without a header: such a message is read whole, which blocks.
     */
    public Content header(MessageResult message) throws MailboxException, IOException {
        Content header = message.getHeaders();
        if (header.size() > 0) {
            return header;
        }
        MessageResultIterator whole = mailbox.getMessages(MessageRange.one(message.getUid()), FetchGroup.FULL_CONTENT, session);
        return whole.hasNext() ? whole.next().getFullContent() : header;
    }

    private static List<MessageRange> nearby(Collection<Long> uids) {
        List<MessageRange> joined = new ArrayList<>();
        long low = 0;
        long high = 0;
        for (NumberSet.Range range : NumberSet.of(uids.stream().mapToLong(Long::longValue)).ranges()) {
            if (low > 0 && range.low() - high > NEARBY) {
                joined.add(range(low, high));
                low = 0;
            }
            low = low == 0 ? range.low() : low;
            high = range.high();
        }
        if (low > 0) {
            joined.add(range(low, high));
        }
        return joined;
    }

    private static List<MessageRange> ranges(Collection<Long> uids) {
        List<NumberSet.Range> ranges = NumberSet.of(uids.stream().mapToLong(Long::longValue)).ranges();
        if (ranges.size() <= MAX_RANGES) {
            return ranges.stream().map(range -> range(range.low(), range.high())).toList();
        }
        return List.of(range(ranges.get(0).low(), ranges.get(ranges.size() - 1).high()));
    }

    private static MessageRange range(long low, long high) {
        return MessageRange.range(MessageUid.of(low), MessageUid.of(high));
    }
}

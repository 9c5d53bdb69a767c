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

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import reactor.core.publisher.Flux;

/** Reads messages of a mailbox: of each as much as is needed, and of large ones a few at a time. */
final class FetchedMessages {
    /** Octets of messages that are read together: James hands out a range of messages as fast as its store can. */
    private static final long MAX_BATCH_BYTES = 4 << 20;
    private static final int MAX_BATCH = 64;

    private final MessageManager mailbox;
    private final MailboxSession session;
    private final Predicate<Fetched> wanted;

    /**
     * The messages of a mailbox.
     *
     * @param wanted what is to be read of them: asked with the metadata only, before any content is read
     */
    FetchedMessages(MessageManager mailbox, MailboxSession session, Predicate<Fetched> wanted) {
        this.mailbox = mailbox;
        this.session = session;
        this.wanted = wanted;
    }

    Flux<Fetched> read(MessageRange range, FetchItem.Need need) {
        return switch (need) {
            case METADATA -> Flux.from(mailbox.listMessagesMetadata(range, session)).map(Fetched::of).filter(wanted);
            case SIZE_AND_DATES -> read(range, FetchGroup.MINIMAL);
            case HEADER -> read(range, FetchGroup.HEADERS).concatMap(this::withHeader, 1);
            case CONTENT -> range.getUidFrom().equals(range.getUidTo()) ? read(range, FetchGroup.FULL_CONTENT) : contents(range);
        };
    }

    private Flux<Fetched> read(MessageRange range, FetchGroup group) {
        return Flux.from(mailbox.getMessagesReactive(range, group, session)).map(Fetched::of).filter(wanted);
    }

    /**
     * James looks for CR LF CR LF to know where a header ends, and takes a message without it for one without a header. Such a message
     * is read whole.
     */
    private Flux<Fetched> withHeader(Fetched message) {
        try {
            boolean without = message.content().getBody().size() == message.content().getSize();
            return without ? read(MessageRange.one(message.uid()), FetchGroup.FULL_CONTENT) : Flux.just(message);
        } catch (IOException | MailboxException e) {
            return Flux.error(e);
        }
    }

    private Flux<Fetched> contents(MessageRange range) {
        return Flux.defer(() -> read(range, FetchGroup.MINIMAL)
            .bufferUntil(new Batch())
            .concatMap(this::batch, 1));
    }

    private Flux<Fetched> batch(List<Fetched> messages) {
        return Flux.fromIterable(MessageRange.toRanges(messages.stream().map(Fetched::uid).toList()))
            .concatMap(range -> read(range, FetchGroup.FULL_CONTENT), 1);
    }

    /** Says which message is the last of its batch. */
    private static final class Batch implements Predicate<Fetched> {
        private long bytes;
        private int count;

        @Override
        public boolean test(Fetched message) {
            MessageResult result = message.content();
            bytes += result.getSize();
            count++;
            boolean full = bytes >= MAX_BATCH_BYTES || count >= MAX_BATCH;
            if (full) {
                bytes = 0;
                count = 0;
            }
            return full;
        }
    }
}

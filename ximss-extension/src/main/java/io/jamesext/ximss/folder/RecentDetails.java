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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.io.ByteSource;

import io.jamesext.ximss.folder.ViewerField.Details;

/**
 * The size, date and header of messages that were shown lately. They never change, so a client that is told of new flags costs no more
 * than these. Whether a message is there, and who may see it, has to be asked of the mailbox. Holds {@value #MAX_OCTETS} octets at most.
 */
public final class RecentDetails {
    static final int MAX_OCTETS = 32 << 20;
    /** A longer header is read each time. */
    static final int MAX_HEADER = 16 << 10;
    /** What the objects around a header take. */
    private static final int OVERHEAD = 250;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Cache<Message, Kept> kept = CacheBuilder.newBuilder().expireAfterAccess(KEPT).maximumWeight(MAX_OCTETS)
        .weigher((Message message, Kept details) -> OVERHEAD + details.header.length).build();

    private record Message(MailboxId mailbox, long uid) {
    }

    /** The header as octets: parsed fields are larger, and not for several threads. */
    private record Kept(long size, Instant internalDate, byte[] header) {
        Details details() {
            return new Details(size, internalDate, Optional.of(FolderReader.header(ByteSource.wrap(header))), Optional.empty());
        }
    }

    /** What is known of some messages, by UID; empty when one of them is not known, for then all have to be read. */
    Optional<Map<Long, Details>> of(MailboxId mailbox, Collection<Long> uids) {
        Set<Message> messages = uids.stream().map(uid -> new Message(mailbox, uid)).collect(Collectors.toSet());
        Map<Message, Kept> known = kept.getAllPresent(messages);
        return known.size() < messages.size() ? Optional.empty()
            : Optional.of(known.entrySet().stream()
                .collect(Collectors.toMap(found -> found.getKey().uid, found -> found.getValue().details())));
    }

    /** The details of a message that was read with its header, to be known from now on. */
    Details keep(MailboxId mailbox, MessageResult result) {
        Kept details = new Kept(result.getSize(), result.getInternalDate().toInstant(), octets(result));
        if (details.header.length <= MAX_HEADER) {
            kept.put(new Message(mailbox, result.getUid().asLong()), details);
        }
        return details.details();
    }

    private static byte[] octets(MessageResult result) {
        try {
            return StoredMessages.header(result).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

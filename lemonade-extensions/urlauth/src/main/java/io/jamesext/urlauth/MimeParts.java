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

package io.jamesext.urlauth;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.apache.james.mailbox.model.MessageId;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.inject.Inject;

/**
 * The structures of messages that were looked into last, so that a part of a large message is found without reading what stands before
 * it. A message never changes under its id, and so neither does what is kept here; it is bounded, and gone with the process.
 */
public final class MimeParts {
    /** Octets of memory for structures: some ten thousand messages of usual shape. */
    private static final long MAX_BYTES = 16L << 20;

    private final Cache<MessageId, MimePart> messages = CacheBuilder.newBuilder()
        .maximumWeight(MAX_BYTES)
        .weigher((MessageId id, MimePart message) -> message.weight())
        .build();
    private final Cache<Coded, TransferDecoding.Size> sizes = CacheBuilder.newBuilder().maximumSize(10_000).build();

    /** A part whose decoded size is known. */
    private record Coded(MessageId message, long start) {
    }

    @Inject
    public MimeParts() {
    }

    /** The structure of a message; one that is not known is read to its end. */
    public MimePart of(MessageId id, UrlContent.Source content) throws IOException {
        Optional<MimePart> known = known(id);
        if (known.isPresent()) {
            return known.get();
        }
        try (InputStream stream = content.open()) {
            MimePart scanned = MimeScanner.scan(stream);
            if (isLasting(id)) {
                messages.put(id, scanned);
            }
            return scanned;
        }
    }

    /** The structure of a message, where it costs nothing. */
    public Optional<MimePart> known(MessageId id) {
        return isLasting(id) ? Optional.ofNullable(messages.getIfPresent(id)) : Optional.empty();
    }

    /** Whether an id names a message: those of James's JPA backend name nothing, and throw when they are compared. */
    public static boolean isLasting(MessageId id) {
        return id.isSerializable();
    }

    /** How large a part is without its transfer encoding; one that is not known is decoded to its end. */
    TransferDecoding.Size decodedSize(MessageId id, Extent body, UrlContent.Source decoded) throws IOException {
        if (!isLasting(id)) {
            return TransferDecoding.size(decoded);
        }
        Coded part = new Coded(id, body.start());
        TransferDecoding.Size known = sizes.getIfPresent(part);
        if (known == null) {
            known = TransferDecoding.size(decoded);
            sizes.put(part, known);
        }
        return known;
    }
}

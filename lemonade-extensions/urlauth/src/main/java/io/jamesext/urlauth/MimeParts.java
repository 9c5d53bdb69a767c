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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

import org.apache.james.mailbox.model.MessageId;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.inject.Inject;

/**
 * The structures of messages that were looked into last, so that a part of a large message is found without reading what stands before
 * it, and the decoded octets of their parts, so that a client that fetches a part range by range does not have it decoded from its start
 * each time. A message never changes under its id, and so neither does what is kept here; it is bounded, and gone with the process.
 */
public final class MimeParts {
    /** Octets of memory for structures: some ten thousand messages of usual shape. */
    private static final long MAX_BYTES = 16L << 20;
    /** Octets of memory for decoded parts. */
    private static final long MAX_DECODED_BYTES = 32L << 20;
    /** Stored octets of a part that is kept decoded: a larger one is decoded as it is sent. */
    private static final long MAX_KEPT_BYTES = 2L << 20;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final Cache<MessageId, MimePart> messages = CacheBuilder.newBuilder()
        .maximumWeight(MAX_BYTES)
        .weigher((MessageId id, MimePart message) -> message.weight())
        .build();
    private final Cache<Coded, TransferDecoding.Size> sizes = CacheBuilder.newBuilder().maximumSize(10_000).build();
    private final Cache<Coded, byte[]> contents = CacheBuilder.newBuilder()
        .maximumWeight(MAX_DECODED_BYTES)
        .weigher((Coded part, byte[] octets) -> octets.length)
        .expireAfterAccess(KEPT_FOR)
        .build();

    /** A part that was decoded. */
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

    /**
     * A part without its transfer encoding; one whose size is not known is decoded to its end.
     *
     * @param body where it stands in the message
     * @param decoding decodes it
     */
    SectionReader.Decoded decoded(MessageId id, Extent body, UrlContent.Source decoding) throws IOException {
        if (!isLasting(id)) {
            return new SectionReader.Decoded(decoding, TransferDecoding.size(decoding));
        }
        Coded part = new Coded(id, body.start());
        UrlContent.Source octets = body.length() > MAX_KEPT_BYTES ? decoding : () -> new ByteArrayInputStream(octets(part, decoding));
        TransferDecoding.Size size = sizes.getIfPresent(part);
        if (size == null) {
            size = TransferDecoding.size(octets);
            sizes.put(part, size);
        }
        return new SectionReader.Decoded(octets, size);
    }

    private byte[] octets(Coded part, UrlContent.Source decoding) throws IOException {
        byte[] kept = contents.getIfPresent(part);
        if (kept != null) {
            return kept;
        }
        try (InputStream stream = decoding.open()) {
            byte[] octets = stream.readAllBytes();
            contents.put(part, octets);
            return octets;
        }
    }
}

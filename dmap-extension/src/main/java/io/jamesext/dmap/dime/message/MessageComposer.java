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
package io.jamesext.dmap.dime.message;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Writes messages as their author: encrypted, with the author's signatures, and with room for the origin's. */
public final class MessageComposer {
    /** The most data of all contents of a message, for it is made in memory. */
    public static final long MAX_BYTES = 64L * 1024 * 1024;

    private final SecureRandom random;
    private final int pieceBytes;

    /** A composer that divides contents only where they have no room in one chunk, a little below 16 MiB. */
    public MessageComposer(SecureRandom random) {
        this(random, PlainChunk.MAX_DATA_BYTES);
    }

    /**
     * @param random for keys, vectors and padding
     * @param pieceBytes the most data in a chunk of text or attachment; more of them continue in the next
     */
    public MessageComposer(SecureRandom random, int pieceBytes) {
        if (pieceBytes < 1 || pieceBytes > PlainChunk.MAX_DATA_BYTES) {
            throw new IllegalArgumentException("a chunk cannot hold " + pieceBytes + " octets");
        }
        this.random = random;
        this.pieceBytes = pieceBytes;
    }

    /**
     * The message for one recipient.
     *
     * @param contents common headers once, other headers at most once, texts and attachments in their order
     * @param author the private half of the signing key in the author's signet
     * @return the message; SYNTAX if contents or keys are not as they have to be, TOO_BIG if headers have no room in one chunk or the
     *         whole is longer than {@link #MAX_BYTES}
     */
    public Message compose(Parties parties, List<Content> contents, SigningKey author) {
        check(parties, contents, author);
        DecryptionKey ephemeral = DecryptionKey.generate(random);
        Map<Actor, SlotKey> slotKeys = new EnumMap<>(Actor.class);
        for (Actor actor : Actor.values()) {
            slotKeys.put(actor, SlotKey.between(ephemeral, parties.of(actor).signet().encryptionKey()));
        }
        OctetWriter chunks = new OctetWriter();
        byte[] ephemeralKey = ephemeral.encryptionKey().toBytes();
        chunks.number(ChunkKind.EPHEMERAL.number(), 1).number(ephemeralKey.length, 3).octets(ephemeralKey);
        chunks.octets(seal(ChunkKind.ORIGIN, data(parties.forOrigin().toBytes(ChunkKind.ORIGIN), 0, author), slotKeys));
        chunks.octets(seal(ChunkKind.DESTINATION, data(parties.forDestination().toBytes(ChunkKind.DESTINATION), 0, author), slotKeys));
        contents.stream().sorted(Comparator.comparing(Content::kind)).forEach(content -> write(content, author, slotKeys, chunks));
        for (ChunkKind kind : List.of(ChunkKind.AUTHOR_TREE_SIGNATURE, ChunkKind.AUTHOR_SIGNATURE)) {
            chunks.octets(seal(kind, SignedRange.of(message(chunks), kind).sign(author), slotKeys));
        }
        for (ChunkKind kind : List.of(ChunkKind.METADATA_BOUNCE_SIGNATURE, ChunkKind.DISPLAY_BOUNCE_SIGNATURE,
            ChunkKind.ORIGIN_SIGNATURE)) {
            chunks.octets(seal(kind, new byte[VerifyingKey.SIGNATURE_BYTES], slotKeys));
        }
        return message(chunks);
    }

    private static void check(Parties parties, List<Content> contents, SigningKey author) {
        if (!parties.author().signet().signingKey().equals(author.verifyingKey())) {
            throw new ProtocolException(Failure.SYNTAX, "the signing key is not that of the author's signet");
        }
        if (count(contents, ChunkKind.COMMON_HEADERS) != 1 || count(contents, ChunkKind.OTHER_HEADERS) > 1) {
            throw new ProtocolException(Failure.SYNTAX, "a message has common headers once, and other headers at most once");
        }
        if (contents.stream().mapToLong(content -> content.data().length).sum() > MAX_BYTES || contents.stream().anyMatch(
            content -> !content.kind().isRepeatable() && content.data().length > PlainChunk.MAX_DATA_BYTES)) {
            throw new ProtocolException(Failure.TOO_BIG, "the message or its headers are too long");
        }
    }

    private static long count(List<Content> contents, ChunkKind kind) {
        return contents.stream().filter(content -> content.kind() == kind).count();
    }

    private void write(Content content, SigningKey author, Map<Actor, SlotKey> slotKeys, OctetWriter chunks) {
        byte[] data = content.data();
        int most = content.kind().isRepeatable() ? pieceBytes : PlainChunk.MAX_DATA_BYTES;
        int from = 0;
        do {
            int end = Math.min(data.length, from + most);
            int flags = end < data.length ? PlainChunk.CONTINUED : 0;
            chunks.octets(seal(content.kind(), data(Arrays.copyOfRange(data, from, end), flags, author), slotKeys));
            from = end;
        } while (from < data.length);
    }

    private byte[] data(byte[] data, int flags, SigningKey author) {
        return PlainChunk.write(data, flags, author, random);
    }

    private byte[] seal(ChunkKind kind, byte[] payload, Map<Actor, SlotKey> slotKeys) {
        ContentKey key = ContentKey.generate(random);
        OctetWriter chunk = new OctetWriter().number(kind.number(), 1).number(payload.length, 3).octets(key.encrypt(payload));
        for (Actor actor : kind.slots()) {
            chunk.octets(Objects.requireNonNull(slotKeys.get(actor)).seal(key, random));
        }
        return chunk.toBytes();
    }

    private static Message message(OctetWriter chunks) {
        return Message.of(DimeObject.write(ObjectType.MESSAGE, chunks.toBytes()));
    }
}

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

import java.util.Arrays;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.VerifyingKey;

/**
 * The chunks of a message with their numbers, and who has a key slot in each. PROTOCOL.md section 5.5. A number that is not here
 * cannot be read over, for only the number tells how many key slots follow.
 */
public enum ChunkKind {
    /** What servers noted on the way. It stands before the message and is not signed. */
    TRACING(0, Payload.PLAIN, false),
    /** The public key that the author made for this message alone. */
    EPHEMERAL(2, Payload.PLAIN, true),
    /** For keys besides those of the signet; read and kept, never made. */
    ALTERNATE(3, Payload.CONTENT, false, Actor.AUTHOR, Actor.RECIPIENT),
    /** Who wrote it, for the origin. */
    ORIGIN(4, Payload.CONTENT, true, Actor.AUTHOR, Actor.ORIGIN, Actor.RECIPIENT),
    /** Whom it is for, for the destination. */
    DESTINATION(5, Payload.CONTENT, true, Actor.AUTHOR, Actor.DESTINATION, Actor.RECIPIENT),
    /** Date, To, Cc, From, Organization and Subject. */
    COMMON_HEADERS(33, Payload.CONTENT, true, Actor.AUTHOR, Actor.RECIPIENT),
    /** All other header fields. */
    OTHER_HEADERS(34, Payload.CONTENT, false, Actor.AUTHOR, Actor.RECIPIENT),
    /** A text to read. */
    DISPLAY_CONTENT(67, Payload.CONTENT, false, Actor.AUTHOR, Actor.RECIPIENT),
    /** Anything else. */
    ATTACHMENT(131, Payload.CONTENT, false, Actor.AUTHOR, Actor.RECIPIENT),
    /** The author's signature of the hashes of the chunks. */
    AUTHOR_TREE_SIGNATURE(225, Payload.SIGNATURE, true, Actor.AUTHOR, Actor.ORIGIN, Actor.RECIPIENT),
    /** The author's signature of the chunks. */
    AUTHOR_SIGNATURE(226, Payload.SIGNATURE, true, Actor.AUTHOR, Actor.ORIGIN, Actor.RECIPIENT),
    /** The origin's signature of what comes back when a message cannot be delivered: envelope and headers. */
    METADATA_BOUNCE_SIGNATURE(248, Payload.SIGNATURE, false, Actor.values()),
    /** The same with the texts. */
    DISPLAY_BOUNCE_SIGNATURE(249, Payload.SIGNATURE, false, Actor.values()),
    /** The origin's signature of the whole message. */
    ORIGIN_SIGNATURE(255, Payload.SIGNATURE, true, Actor.values());

    private enum Payload {
        PLAIN, CONTENT, SIGNATURE
    }

    /** Of the cipher, whose multiple every content is. */
    private static final int BLOCK_BYTES = 16;

    private final int number;
    private final Payload payload;
    private final boolean required;
    private final ImmutableList<Actor> slots;

    ChunkKind(int number, Payload payload, boolean required, Actor... slots) {
        this.number = number;
        this.payload = payload;
        this.required = required;
        this.slots = ImmutableList.copyOf(slots);
    }

    /** The kind of this number, if there is one. */
    public static Optional<ChunkKind> ofNumber(int number) {
        return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
    }

    /** Its number on the wire. */
    public int number() {
        return number;
    }

    /** Those who can decrypt it, in the order of its key slots; nobody if it is not encrypted. */
    public ImmutableList<Actor> slots() {
        return slots;
    }

    /** Whether a message may have several. */
    public boolean isRepeatable() {
        return this == DISPLAY_CONTENT || this == ATTACHMENT;
    }

    /** Whether a finished message has one. */
    boolean isRequired() {
        return required;
    }

    /** Whether it holds data with an author's signature, and no bare key or signature. */
    boolean isContent() {
        return payload == Payload.CONTENT;
    }

    boolean isSignature() {
        return payload == Payload.SIGNATURE;
    }

    /** Whether its payload can be of this length. */
    boolean allows(int payloadBytes) {
        return switch (payload) {
            case CONTENT -> payloadBytes % BLOCK_BYTES == 0 && payloadBytes >= PlainChunk.HEAD_BYTES;
            case SIGNATURE -> payloadBytes == VerifyingKey.SIGNATURE_BYTES;
            case PLAIN -> this == TRACING ? payloadBytes > 0 : payloadBytes == EncryptionKey.BYTES;
        };
    }
}

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

import com.google.common.hash.Hashing;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.VerifyingKey;

/**
 * What the signature chunks are about: whole chunks as they are sent, that is, encrypted and with their key slots, from the first to
 * the last one of a number. The head of the message and tracing are never part of it.
 *
 * @param octets where they stand
 * @param from the first
 * @param end behind the last
 */
record SignedRange(byte[] octets, int from, int end) {
    private static final int HASH_BYTES = 64;

    /** What a signature of this kind is about. */
    static SignedRange of(Message message, ChunkKind signature) {
        return switch (signature) {
            case AUTHOR_TREE_SIGNATURE -> tree(message);
            case AUTHOR_SIGNATURE -> upTo(message, ChunkKind.AUTHOR_TREE_SIGNATURE);
            case METADATA_BOUNCE_SIGNATURE -> upTo(message, ChunkKind.OTHER_HEADERS);
            case DISPLAY_BOUNCE_SIGNATURE -> upTo(message, ChunkKind.DISPLAY_CONTENT);
            case ORIGIN_SIGNATURE -> upTo(message, ChunkKind.DISPLAY_BOUNCE_SIGNATURE);
            default -> throw new IllegalArgumentException("no signature: " + signature);
        };
    }

    private static SignedRange upTo(Message message, ChunkKind last) {
        int from = (int) message.layout().start() + ObjectType.MESSAGE.headerBytes();
        long end = message.layout().chunks().stream().filter(chunk -> chunk.kind().compareTo(last) <= 0)
            .mapToLong(ChunkPlace::end).max().orElse(from);
        return new SignedRange(message.octets(), from, Math.max(from, (int) end));
    }

    /**
     * The SHA-512 hashes of the chunks of data, one behind the other, without the destination's, and as many octets of 0 at the end
     * as that hash would have. That is what libdime signs: it reserves room for all of them but writes the hash that follows over the
     * destination's. The destination chunk is under the author's own signature of it, and under that of the whole.
     */
    private static SignedRange tree(Message message) {
        OctetWriter hashes = new OctetWriter();
        for (ChunkPlace place : message.layout().chunks()) {
            if (place.kind() != ChunkKind.TRACING && !place.kind().isSignature() && place.kind() != ChunkKind.DESTINATION) {
                hashes.octets(hash(message, place));
            }
        }
        byte[] data = hashes.octets(new byte[HASH_BYTES]).toBytes();
        return new SignedRange(data, 0, data.length);
    }

    private static byte[] hash(Message message, ChunkPlace place) {
        return Hashing.sha512().hashBytes(message.octets(), (int) place.start(), (int) place.bytes()).asBytes();
    }

    byte[] sign(SigningKey key) {
        return key.sign(octets, from, end);
    }

    boolean isSigned(byte[] signature, VerifyingKey key) {
        return key.verifies(signature, octets, from, end);
    }
}

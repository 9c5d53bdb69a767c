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

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Decrypts chunks of one message for one actor; also chunks that were fetched alone. */
public final class ChunkOpener {
    private final Actor actor;
    private final SlotKey slotKey;

    /**
     * @param actor whose slots to use
     * @param key the actor's private key
     * @param ephemeral the message's ephemeral key, from its chunk 2
     */
    public ChunkOpener(Actor actor, DecryptionKey key, EncryptionKey ephemeral) {
        this.actor = actor;
        this.slotKey = SlotKey.between(key, ephemeral);
    }

    /**
     * Decrypts a chunk of data: head, payload and key slots. NO_PERMISSION if the actor has no slot in it, or if the key is plainly
     * not the right one; SYNTAX if it is no chunk of data.
     */
    public PlainChunk open(byte[] chunk) {
        OctetReader reader = new OctetReader(chunk);
        ChunkKind kind = ChunkKind.ofNumber(reader.number(1)).filter(ChunkKind::isContent)
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "not a chunk of data"));
        int payloadBytes = reader.number(3);
        ChunkPlace place = new ChunkPlace(kind, 1, 0, payloadBytes);
        if (!kind.allows(payloadBytes) || place.end() != chunk.length) {
            throw new ProtocolException(Failure.SYNTAX, "the chunk is not as long as it says");
        }
        return PlainChunk.read(kind, payload(chunk, place));
    }

    /** The decrypted payload of a chunk at its place. */
    byte[] payload(byte[] octets, ChunkPlace place) {
        int end = (int) place.slotsStart();
        return contentKey(octets, place).decrypt(new OctetReader(octets, (int) place.payloadStart(), end));
    }

    ContentKey contentKey(byte[] octets, ChunkPlace place) {
        int slot = place.kind().slots().indexOf(actor);
        if (slot < 0) {
            throw new ProtocolException(Failure.NO_PERMISSION, "chunk " + place.kind().number() + " has no key for this actor");
        }
        int from = (int) place.slotsStart() + slot * ChunkPlace.SLOT_BYTES;
        return slotKey.open(new OctetReader(octets, from, from + ChunkPlace.SLOT_BYTES).rest());
    }
}

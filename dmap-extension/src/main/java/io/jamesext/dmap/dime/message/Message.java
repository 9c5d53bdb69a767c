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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A message in memory, as signing and checking need it: ed25519 goes over the octets twice. To only find chunks,
 * {@link MessageLayout} reads from a stream.
 */
public final class Message {
    private final byte[] octets;
    private final MessageLayout layout;

    private Message(byte[] octets, MessageLayout layout) {
        this.octets = octets;
        this.layout = layout;
    }

    /** Reads a message. Errors as {@link MessageLayout#read}. */
    public static Message read(byte[] octets) {
        return of(octets.clone());
    }

    static Message of(byte[] octets) {
        try {
            return new Message(octets, MessageLayout.read(new ByteArrayInputStream(octets)));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }

    /** Where its chunks are. */
    public MessageLayout layout() {
        return layout;
    }

    /** A whole chunk: head, payload and key slots. */
    public byte[] chunk(ChunkPlace place) {
        return Arrays.copyOfRange(octets, (int) place.start(), (int) place.end());
    }

    /** The message for one of its actors. SYNTAX if it has no ephemeral key, or one that is no key. */
    public OpenMessage open(Actor actor, DecryptionKey key) {
        return new OpenMessage(this, opener(actor, key));
    }

    ChunkOpener opener(Actor actor, DecryptionKey key) {
        ChunkPlace place = layout.find(ChunkKind.EPHEMERAL)
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "the message has no ephemeral key"));
        byte[] ephemeral = new OctetReader(octets, (int) place.payloadStart(), (int) place.slotsStart()).rest();
        return new ChunkOpener(actor, key, EncryptionKey.of(ephemeral));
    }

    /** The message as it is stored and sent. */
    public byte[] toBytes() {
        return octets.clone();
    }

    /** Not to be changed. */
    byte[] octets() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && Arrays.equals(octets, message.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "message of " + layout.chunks();
    }
}

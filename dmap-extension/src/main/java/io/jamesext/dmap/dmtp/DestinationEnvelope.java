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
package io.jamesext.dmap.dmtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.apache.james.mailbox.model.Content;

import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.ChunkOpener;
import io.jamesext.dmap.dime.message.ChunkPlace;
import io.jamesext.dmap.dime.message.Envelope;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What the destination may read of a message, and nothing of the rest: whom it is for. Reads it without holding the message. */
public final class DestinationEnvelope {
    /** Longer than a chunk with four lines can be: two names of 512 octets, two fingerprints, padding. Checked before it is held. */
    private static final int MAX_CHUNK_BYTES = 8192;

    private DestinationEnvelope() {
    }

    /** The actor's envelope in a message whose chunks are at these places. SYNTAX or NO_PERMISSION if it is not the actor's to open. */
    public static Envelope read(Content message, MessageLayout layout, Actor actor, Organisation organisation) throws IOException {
        ChunkKind kind = actor == Actor.ORIGIN ? ChunkKind.ORIGIN : ChunkKind.DESTINATION;
        byte[] ephemeral = chunk(message, layout, ChunkKind.EPHEMERAL);
        EncryptionKey key = EncryptionKey.of(Arrays.copyOfRange(ephemeral, ChunkPlace.HEAD_BYTES, ephemeral.length));
        return Envelope.read(new ChunkOpener(actor, organisation.keys().decryptionKey(), key).open(chunk(message, layout, kind)));
    }

    private static byte[] chunk(Content message, MessageLayout layout, ChunkKind kind) throws IOException {
        ChunkPlace place = layout.find(kind)
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "the message lacks chunk " + kind.number()));
        if (place.bytes() > MAX_CHUNK_BYTES) {
            throw new ProtocolException(Failure.TOO_BIG, "chunk " + kind.number() + " is longer than " + MAX_CHUNK_BYTES + " octets");
        }
        try (InputStream in = message.getInputStream()) {
            in.skipNBytes(place.start());
            return in.readNBytes((int) place.bytes());
        }
    }
}

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

import java.util.List;
import java.util.Set;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Puts the origin's signatures into a message. The author has left room for them: chunks with key slots for all actors, whose
 * payload the origin replaces, under the key and vector that are there.
 */
public final class OriginSigner {
    private static final List<ChunkKind> SIGNATURES = List.of(ChunkKind.METADATA_BOUNCE_SIGNATURE, ChunkKind.DISPLAY_BOUNCE_SIGNATURE,
        ChunkKind.ORIGIN_SIGNATURE);

    private final DecryptionKey decryptionKey;
    private final SigningKey signingKey;

    /**
     * @param decryptionKey the origin's, for its key slots
     * @param signingKey the origin's primary key, or one that may sign messages
     */
    public OriginSigner(DecryptionKey decryptionKey, SigningKey signingKey) {
        this.decryptionKey = decryptionKey;
        this.signingKey = signingKey;
    }

    /**
     * The signed message. Whether it is to be signed at all, above all whether the author's signatures are right, is for the caller
     * to have checked.
     *
     * @param bounces which of the signatures for messages that come back to make; the others' chunks are taken out
     * @return the message, without tracing; SYNTAX if it is not complete, or lacks the chunk of a bounce signature to make
     */
    public Message sign(Message message, Set<ChunkKind> bounces) {
        if (!message.layout().isComplete() || !bounces.stream().allMatch(bounce -> message.layout().find(bounce).isPresent())) {
            throw new ProtocolException(Failure.SYNTAX, "the message lacks chunks that the origin has to sign or to fill");
        }
        Message signed = rewrite(message, bounces);
        ChunkOpener opener = message.opener(Actor.ORIGIN, decryptionKey);
        byte[] octets = signed.octets();
        for (ChunkKind kind : SIGNATURES) {
            signed.layout().find(kind).ifPresent(place -> {
                byte[] signature = SignedRange.of(signed, kind).sign(signingKey);
                byte[] payload = opener.contentKey(octets, place).encrypt(signature);
                System.arraycopy(payload, 0, octets, (int) place.payloadStart(), payload.length);
            });
        }
        return signed;
    }

    /** A copy without tracing and without the chunks that nobody will sign. */
    private static Message rewrite(Message message, Set<ChunkKind> bounces) {
        OctetWriter chunks = new OctetWriter();
        for (ChunkPlace place : message.layout().chunks()) {
            boolean bounce = SIGNATURES.contains(place.kind()) && place.kind() != ChunkKind.ORIGIN_SIGNATURE;
            if (place.kind() != ChunkKind.TRACING && (!bounce || bounces.contains(place.kind()))) {
                chunks.octets(message.octets(), (int) place.start(), (int) place.end());
            }
        }
        return Message.of(DimeObject.write(ObjectType.MESSAGE, chunks.toBytes()));
    }
}

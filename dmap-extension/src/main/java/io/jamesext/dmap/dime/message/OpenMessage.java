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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.dmap.dime.signet.Permission;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A message as one of its actors can read it. Each call decrypts anew; nothing is believed before its signature was checked. */
public final class OpenMessage {
    private final Message message;
    private final ChunkOpener opener;

    OpenMessage(Message message, ChunkOpener opener) {
        this.message = message;
        this.opener = opener;
    }

    /** A chunk of data. Errors as {@link ChunkOpener#open}. */
    public PlainChunk chunk(ChunkPlace place) {
        return opener.open(message.chunk(place));
    }

    /** Who wrote it; for author, origin and recipient. */
    public Envelope origin() {
        return Envelope.read(chunk(required(ChunkKind.ORIGIN)));
    }

    /** Whom it is for; for author, destination and recipient. */
    public Envelope destination() {
        return Envelope.read(chunk(required(ChunkKind.DESTINATION)));
    }

    /**
     * Headers, texts and attachments, continued ones put together; for author and recipient. SYNTAX if the author did not sign one
     * of their chunks.
     */
    public ImmutableList<Content> contents(VerifyingKey author) {
        List<PlainChunk> chunks = new ArrayList<>();
        for (ChunkPlace place : message.layout().chunks()) {
            if (place.kind().isContent() && place.kind().compareTo(ChunkKind.COMMON_HEADERS) >= 0) {
                PlainChunk chunk = chunk(place);
                if (!chunk.isSignedBy(author)) {
                    throw new ProtocolException(Failure.SYNTAX, "chunk " + place + " is not signed by the author");
                }
                chunks.add(chunk);
            }
        }
        return Content.join(chunks);
    }

    /** Whether both of the author's signatures are there and right; for author, origin and recipient. */
    public boolean isSignedByAuthor(Signet author) {
        return author.type() == ObjectType.USER_SIGNET
            && isSigned(ChunkKind.AUTHOR_SIGNATURE, ImmutableList.of(author.signingKey()))
            && isSigned(ChunkKind.AUTHOR_TREE_SIGNATURE, ImmutableList.of(author.signingKey()));
    }

    /** Whether the origin's signature is there and right, made with a key that may sign messages; for everyone. */
    public boolean isSignedByOrigin(Signet origin) {
        return origin.type() == ObjectType.ORGANISATION_SIGNET
            && isSigned(ChunkKind.ORIGIN_SIGNATURE, origin.keysFor(Permission.MESSAGES));
    }

    /**
     * Whether one of the origin's signatures of a message that comes back is there and right. Such a message has lost its last
     * chunks, so it may be all that proves it.
     *
     * @param bounce METADATA_BOUNCE_SIGNATURE or DISPLAY_BOUNCE_SIGNATURE
     */
    public boolean isBounceSigned(ChunkKind bounce, Signet origin) {
        return origin.type() == ObjectType.ORGANISATION_SIGNET && isSigned(bounce, origin.keysFor(Permission.MESSAGES));
    }

    private boolean isSigned(ChunkKind kind, List<VerifyingKey> keys) {
        Optional<ChunkPlace> place = message.layout().find(kind);
        if (place.isEmpty()) {
            return false;
        }
        byte[] signature = opener.payload(message.octets(), place.get());
        SignedRange range = SignedRange.of(message, kind);
        return keys.stream().anyMatch(key -> range.isSigned(signature, key));
    }

    private ChunkPlace required(ChunkKind kind) {
        return message.layout().find(kind)
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "the message lacks chunk " + kind.number()));
    }
}

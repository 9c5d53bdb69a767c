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
package io.jamesext.dmap.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.EncryptionKey;
import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.ChunkOpener;
import io.jamesext.dmap.dime.message.ChunkPlace;
import io.jamesext.dmap.dime.message.Envelope;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * Tells which of a user's keys a DIME message belongs to, as far as the organisation of the user's domain can see: as the destination it
 * can read the recipient's signet, as the origin the author's. Signatures are not checked: the answer only labels the message.
 */
public final class MessageKeys {
    /** No envelope is longer: four lines of names and fingerprints, signature and padding, and the key slots. */
    private static final int MAX_ENVELOPE_BYTES = 4096;
    /** The recipient's before the author's: where a user has written to herself, the key that reads it. */
    private static final ImmutableMap<Actor, ChunkKind> ENVELOPES = ImmutableMap.of(
        Actor.DESTINATION, ChunkKind.DESTINATION,
        Actor.ORIGIN, ChunkKind.ORIGIN);

    private final Dime dime;

    /** On the users' keys and the domains. */
    public MessageKeys(Dime dime) {
        this.dime = dime;
    }

    /** The user's key, or empty. */
    public Mono<Fingerprint> find(DimeMail message, Username user) {
        return Mono.justOrEmpty(user.getDomainPart().flatMap(domain -> dime.organisations().of(domain.asString())))
            .flatMap(organisation -> Blocking.call(() -> signets(message, organisation)))
            .flatMapIterable(signets -> signets)
            .concatMap(signet -> owned(signet, user))
            .next();
    }

    private Mono<Fingerprint> owned(Fingerprint signet, Username user) {
        return dime.keys().all(user).filter(key -> key.signet().isNamed(signet)).next().map(RingKey::id);
    }

    private static ImmutableList<Fingerprint> signets(DimeMail message, Organisation organisation) throws IOException {
        Optional<ChunkPlace> ephemeral = message.layout().find(ChunkKind.EPHEMERAL);
        ImmutableList.Builder<Fingerprint> signets = ImmutableList.builder();
        for (Map.Entry<Actor, ChunkKind> envelope : ENVELOPES.entrySet()) {
            Optional<ChunkPlace> place = message.layout().find(envelope.getValue()).filter(chunk -> chunk.bytes() <= MAX_ENVELOPE_BYTES);
            if (ephemeral.isPresent() && place.isPresent()) {
                byte[] key = octets(message, ephemeral.get());
                signet(envelope.getKey(), organisation.keys().decryptionKey(), Arrays.copyOfRange(key, ChunkPlace.HEAD_BYTES, key.length),
                    octets(message, place.get())).ifPresent(signets::add);
            }
        }
        return signets.build();
    }

    /** Empty where the message is not for this organisation: only what comes out shows that. */
    private static Optional<Fingerprint> signet(Actor actor, DecryptionKey key, byte[] ephemeral, byte[] chunk) {
        try {
            return Optional.of(Envelope.read(new ChunkOpener(actor, key, EncryptionKey.of(ephemeral)).open(chunk)).userSignet());
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static byte[] octets(DimeMail message, ChunkPlace place) throws IOException {
        try (InputStream in = message.open(place)) {
            return in.readAllBytes();
        }
    }
}

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
package io.jamesext.dmap.mailet;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;

import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.OriginSigner;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;

/**
 * Makes DIME messages of what has arrived in the clear: from the gateway of the recipient's domain, which is origin and destination.
 * PROTOCOL.md section 7.5.
 */
final class Sealer {
    private final Gateways gateways;
    private final MessageComposer composer = new MessageComposer(new SecureRandom());

    Sealer(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * The message for one user, signed by gateway and domain, behind the header that makes it one of James.
     *
     * @throws io.jamesext.kernel.failure.ProtocolException TOO_BIG if there is no room for the contents
     */
    byte[] seal(List<Content> contents, Username user, RingKey key, Organisation organisation) {
        Gateways.Gateway author = gateways.of(organisation);
        Party domain = new Party(organisation.domain(), organisation.signet());
        Parties parties = new Parties(author.party(), domain, domain, new Party(user.asString(), key.signet()));
        Message composed = composer.compose(parties, contents, author.signingKey());
        // Nothing of it will ever come back to its author.
        Message signed = new OriginSigner(organisation.keys().decryptionKey(), organisation.keys().signingKey()).sign(composed, Set.of());
        byte[] octets = signed.toBytes();
        return wrap(octets, Optional.of(key));
    }

    /** A DIME message behind a header that says nothing but which key it is for. */
    static byte[] wrap(byte[] message, Optional<RingKey> key) {
        return Bytes.concat(DimeWrapper.header(Instant.now(), message, key.map(RingKey::id)), message);
    }
}

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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;

/**
 * The authors of messages that were encrypted on arrival: for each domain a user who can sign and not read. PROTOCOL.md section 7.5. Each
 * process makes keys of its own and forgets the one for decryption at once, so that nobody can open what is for the author, this process
 * neither. The signet stays in the ring of the gateway's address, where GETSIGNET finds it.
 */
public final class Gateways {
    /** How the local part of the addresses that the authors have begins. */
    public static final String LOCAL_PART = "dime-gateway-";
    private static final int RANDOM_BYTES = 12;

    /**
     * An author.
     *
     * @param party the address and the signet
     * @param signingKey the private half of the signet's key for signatures
     */
    record Gateway(Party party, SigningKey signingKey) {
    }

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Gateway> byDomain = new HashMap<>();

    /** With its signets in this ring. */
    @Inject
    public Gateways(KeyRing keys) {
        this.keys = keys;
    }

    /** The author for a domain, made at the first need. Blocks until the signet is stored: no message may have one that is not. */
    synchronized Gateway of(Organisation organisation) {
        Gateway known = byDomain.get(organisation.domain());
        if (known != null) {
            return known;
        }
        // An address for each process: keys of one address would have to sign each other.
        byte[] unique = new byte[RANDOM_BYTES];
        random.nextBytes(unique);
        String address = LOCAL_PART + HexFormat.of().formatHex(unique) + "@" + organisation.domain();
        PrivateKeys made = PrivateKeys.generateUser(random);
        Signet signet = organisation.sign(SignetIssuer.request(made), Username.of(address));
        KeyRing.Addition addition = keys.add(Username.of(address), new RingKey(signet, Optional.empty(), Instant.now(), Optional.empty()))
            .block();
        if (addition != KeyRing.Addition.ADDED) {
            throw new IllegalStateException("the gateway's signet is not kept: " + addition);
        }
        Gateway gateway = new Gateway(new Party(address, signet), made.signingKey());
        byDomain.put(organisation.domain(), gateway);
        return gateway;
    }
}

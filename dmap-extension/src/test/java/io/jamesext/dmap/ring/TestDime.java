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
package io.jamesext.dmap.ring;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.kernel.auth.CredentialCipher;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** The keys of example.org, and those that users have of it. */
public final class TestDime {
    /** The domain of the users of the tests. */
    public static final Organisation EXAMPLE_ORG = organisation("example.org");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** What example.com answers for eve@example.com. */
    static final Signet EVE = organisation("example.com").sign(TestKeys.first().request(), Username.of("eve@example.com"));

    private TestDime() {
    }

    /** A domain with new keys. */
    public static Organisation organisation(String domain) {
        PrivateKeys keys = PrivateKeys.generateOrganisation(new SecureRandom());
        return new Organisation(domain, keys, SignetIssuer.organisation(keys, List.of()));
    }

    /** What dime.xml says: a mode for all, and a key by which private keys are encrypted. */
    public static DimeSettings settings(Mode mode) {
        return new DimeSettings(mode, Optional.empty(), Optional.of(cipher("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")));
    }

    /** A cipher with this key, 32 octets in base64. */
    public static CredentialCipher cipher(String key) {
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        configuration.addProperty("credentialKey", key);
        return CredentialCipher.of(configuration).orElseThrow();
    }

    /** All that there is, on James's tables. */
    public static Dime on(Optional<SideTables> tables, DimeSettings settings) {
        return on(tables, settings, TestDime::ofExampleCom);
    }

    private static Mono<Signet> ofExampleCom(String address, Optional<Fingerprint> fingerprint) {
        if (!address.endsWith("@example.com")) {
            return RemoteSignets.NONE.find(address, fingerprint);
        }
        if (address.equals("liar@example.com")) {
            return Mono.error(new ProtocolException(Failure.CONFLICT, "the signet is not signed by its organisation"));
        }
        return Mono.just(EVE).filter(eve -> address.equals("eve@example.com") && fingerprint.map(eve::isNamed).orElse(true));
    }

    /** The same, with others to ask. */
    public static Dime on(Optional<SideTables> tables, DimeSettings settings, RemoteSignets remote) {
        Organisations organisations = new Organisations(List.of(EXAMPLE_ORG));
        KeyRing keys = new KeyRing(KeyTable.on(tables), settings);
        return new Dime(organisations, new Modes(ModeTable.on(tables), settings), keys, SignetTable.on(tables),
            new Signets(keys, organisations), remote);
    }

    /** Gives a user of example.org a first key, and leaves the private ones to the user. */
    public static PrivateKeys enrol(Dime dime, Username user) {
        PrivateKeys keys = PrivateKeys.generateUser(RANDOM);
        KeyRing.Addition addition = dime.keys().add(user, new RingKey(EXAMPLE_ORG.sign(SignetIssuer.request(keys), user), Optional.empty(),
            Instant.now(), Optional.empty())).block();
        if (addition != KeyRing.Addition.ADDED) {
            throw new IllegalStateException("not enrolled: " + addition);
        }
        return keys;
    }
}

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
import java.util.Arrays;
import java.util.Map;

import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.EncryptedKeys;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.stacie.RealmKey;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.OctetText;
import io.jamesext.testing.transcript.TranscriptRunner;

/**
 * A key that a user makes.
 *
 * @param keys the private ones
 * @param request what the user asks to have signed
 */
public record TestKeys(PrivateKeys keys, Signet request) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RealmKey SECRET = RealmKey.of(new byte[64]);

    /** A first one. */
    public static TestKeys first() {
        PrivateKeys keys = PrivateKeys.generateUser(RANDOM);
        return new TestKeys(keys, SignetIssuer.request(keys));
    }

    /** The one after this one. */
    public TestKeys next() {
        PrivateKeys next = PrivateKeys.generateUser(RANDOM);
        return new TestKeys(next, SignetIssuer.renewal(next, keys.signingKey()));
    }

    /** What DMAP calls it. */
    public Fingerprint id() {
        return request.fingerprint(SignetLevel.REQUEST);
    }

    /** The private ones, encrypted by their owner. */
    public byte[] encrypted() {
        return EncryptedKeys.encrypt(keys, SECRET).toBytes();
    }

    /**
     * Gives transcripts {@code id1}, {@code ssr1}, {@code keys1}, {@code sealed1}: a key; the same with 2: the next one of the same owner;
     * and with 3: one of anybody. {@code badssr1} is the request with a wrong signature, {@code cutssr1} without its last octet.
     */
    public static TranscriptRunner give(TranscriptRunner runner) {
        TestKeys first = first();
        return first().give("3", first.next().give("2", first.give("1", runner)));
    }

    /**
     * Gives transcripts {@code bob1}, {@code bob2} that continues it, {@code bob3} that does not: signets of bob@example.org,
     * {@code badbob1} and {@code foulbob1} with a wrong signature of the organisation and of the owner;
     * {@code carol1} of carol@example.net and {@code carolfalse}, which its organisation has not signed;
     * {@code eve} of eve@example.com, whose server knows it; {@code org}, {@code net} and
     * {@code com}: organisations; and with {@code fp} in front their fingerprints.
     */
    public static TranscriptRunner giveSignets(TranscriptRunner runner) {
        Organisation org = TestDime.EXAMPLE_ORG;
        Organisation net = TestDime.organisation("example.net");
        TestKeys bob = first();
        Username carol = Username.of("carol@example.net");
        byte[] bad = org.sign(bob.request, TestJames.BOB).toBytes();
        bad[bad.length - 1] ^= 1;
        Map<String, Signet> signets = Map.of(
            "bob1", org.sign(bob.request, TestJames.BOB),
            "bob2", org.sign(bob.next().request, TestJames.BOB),
            "bob3", org.sign(first().request, TestJames.BOB),
            "carol1", net.sign(first().request, carol),
            "carolfalse", org.sign(first().request, carol),
            "org", org.signet(),
            "net", net.signet(),
            "eve", TestDime.EVE,
            "com", TestDime.organisation("example.net").signet());
        byte[] foul = org.sign(bob.request, TestJames.BOB).toBytes();
        // In the owner's signature, whose 64 octets end where those of a request do.
        foul[bob.request.toBytes().length - 1] ^= 1;
        TranscriptRunner given = runner.given("badbob1", OctetText.of(bad)).given("foulbob1", OctetText.of(foul));
        for (Map.Entry<String, Signet> signet : signets.entrySet()) {
            given = given.given(signet.getKey(), OctetText.of(signet.getValue().toBytes()))
                .given("fp" + signet.getKey(), signet.getValue().fingerprint(SignetLevel.CRYPTO).toString());
        }
        return given;
    }

    private TranscriptRunner give(String number, TranscriptRunner runner) {
        byte[] object = request.toBytes();
        byte[] bad = object.clone();
        bad[bad.length - 1] ^= 1;
        return runner.given("id" + number, id().toString())
            .given("cutssr" + number, OctetText.of(Arrays.copyOf(object, object.length - 1)))
            .given("badssr" + number, OctetText.of(bad))
            .given("ssr" + number, OctetText.of(object))
            .given("keys" + number, OctetText.of(keys.toBytes()))
            .given("sealed" + number, OctetText.of(encrypted()));
    }
}

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
package io.jamesext.ximss.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Random;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class Pkcs12Test {
    private static final TestIdentity ALICE = TestIdentity.of("Alice", "alice@example.org");
    private static final TestIdentity SENDER = TestIdentity.of("Sender Name", "fromName@domain");

    private static void assertFails(Failure failure, String text, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(failure))
            .hasMessage(text);
    }

    private static byte[] file(KeyStore keys) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        keys.store(file, "pass".toCharArray());
        return file.toByteArray();
    }

    private static KeyStore empty() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        return keys;
    }

    private static KeyStore with(TestIdentity... identities) throws Exception {
        KeyStore keys = empty();
        for (TestIdentity identity : identities) {
            keys.setKeyEntry("key " + keys.size(), identity.identity().key(), "pass".toCharArray(),
                new X509Certificate[] {identity.certificate()});
        }
        return keys;
    }

    private static TestIdentity other(String algorithm, int bits) throws Exception {
        KeyPair keys = TestIdentity.keys(algorithm, bits);
        return new TestIdentity(keys, TestIdentity.certificate("CN=x", keys, builder -> { }, Instant.now(), Instant.now().plusSeconds(60)));
    }

    @Test
    void keyAndCertificatesShouldBeRead() throws Exception {
        KeyStore keys = empty();
        keys.setKeyEntry("me", ALICE.identity().key(), "pass".toCharArray(), new X509Certificate[] {ALICE.certificate(), TestIdentity.CA});
        Identity identity = Pkcs12.read(file(keys), "pass");
        assertThat(identity.key()).isEqualTo(ALICE.identity().key());
        assertThat(identity.chain()).containsExactly(ALICE.certificate(), TestIdentity.CA);
        assertThat(identity.toString()).isEqualTo("identity of CN=Alice");
    }

    @Test
    void wrongPasswordShouldOpenNothing() throws Exception {
        assertFails(Failure.SYNTAX, "the PKCS#12 file cannot be read with this password", () -> Pkcs12.read(ALICE.pkcs12("a"), "b"));
    }

    @Test
    void oneKeyShouldBeInIt() throws Exception {
        assertFails(Failure.SYNTAX, "the PKCS#12 file has to hold one private key", () -> Pkcs12.read(file(with(ALICE, SENDER)), "pass"));
        assertFails(Failure.SYNTAX, "the PKCS#12 file has to hold one private key", () -> Pkcs12.read(file(empty()), "pass"));
    }

    @ParameterizedTest
    @CsvSource({"RSA, 1024", "EC, 256", "DSA, 2048"})
    void otherKeysShouldBeRefused(String algorithm, int bits) throws Exception {
        byte[] file = other(algorithm, bits).pkcs12("pass");
        assertFails(Failure.NOT_SUPPORTED, "a key is RSA with 2048 to 8192 bits here", () -> Pkcs12.read(file, "pass"));
    }

    @Test
    void certificateOfAnotherKeyShouldBeRefused() {
        assertFails(Failure.SYNTAX, "the certificate is not that of the key",
            () -> new Identity(ALICE.identity().key(), SENDER.identity().chain()));
    }

    @Test
    void expensivePasswordsShouldBeRefusedBeforeTheyAreHashed() throws Exception {
        for (String cost : new String[] {"keystore.pkcs12.macIterationCount", "keystore.pkcs12.certPbeIterationCount"}) {
            System.setProperty(cost, "1100000");
            byte[] file;
            try {
                file = ALICE.pkcs12("pass");
            } finally {
                System.clearProperty(cost);
            }
            assertFails(Failure.SYNTAX, "the PKCS#12 file cannot be read with this password", () -> Pkcs12.read(file, "pass"));
        }
    }

    @Test
    void garbageShouldBeRefused() throws Exception {
        assertFails(Failure.TOO_BIG, "a PKCS#12 file has up to 65536 bytes", () -> Pkcs12.read(new byte[65_537], ""));
        byte[] whole = ALICE.pkcs12("pass");
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] altered = java.util.Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int changes = random.nextInt(4); changes >= 0 && altered.length > 0; changes--) {
                altered[random.nextInt(Math.min(altered.length, 200))] = (byte) random.nextInt();
            }
            try {
                Pkcs12.read(altered, "pass");
            } catch (ProtocolException e) {
                assertThat(e.failure()).as("seed 3, round %d", i).isIn(Failure.SYNTAX, Failure.NOT_SUPPORTED);
            }
        }
    }
}

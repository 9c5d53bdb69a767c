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
package io.jamesext.dmap.dime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.kernel.failure.ProtocolException;

class KeysTest {
    private static final String G_X = "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798";
    private static final String ORDER = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141";

    /** RFC 8032 section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
            + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
            + "'',e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
            + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
            + "72,92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
            + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
            + "af82,6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"})
    void signaturesShouldBeThoseOfTheRfc(String secret, String point, String message, String signature) {
        SigningKey key = SigningKey.of(hex(secret));
        assertThat(key.verifyingKey().toBytes()).isEqualTo(hex(point));
        assertThat(key.sign(hex(message))).isEqualTo(hex(signature));
        assertThat(key.verifyingKey().verifies(hex(signature), hex(message))).isTrue();
        assertThat(key.verifyingKey().verifies(hex(signature), hex(message + "00"))).isFalse();
    }

    /** SEC 2 section 2.4.1: 1, 2 and the last private key. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000001, 02" + G_X,
        "0000000000000000000000000000000000000000000000000000000000000002,"
            + "02C6047F9441ED7D6D3045406E95C07CD85C778E4B8CEF3CA7ABAC09B95C709EE5",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364140, 03" + G_X})
    void pointsShouldBeThoseOfTheCurve(String secret, String point) {
        assertThat(DecryptionKey.of(hex(secret)).encryptionKey().toBytes()).isEqualTo(hex(point));
    }

    @Test
    void bothSidesShouldAgree() {
        SecureRandom random = Seeded.random(1);
        for (int i = 0; i < 50; i++) {
            DecryptionKey one = DecryptionKey.generate(random);
            DecryptionKey other = DecryptionKey.of(DecryptionKey.generate(random).secret());
            assertThat(one.agree(other.encryptionKey())).hasSize(DecryptionKey.BYTES).isEqualTo(other.agree(one.encryptionKey()));
        }
        assertThat(key("1").agree(key("2").encryptionKey())).isEqualTo(
            hex("C6047F9441ED7D6D3045406E95C07CD85C778E4B8CEF3CA7ABAC09B95C709EE5"));
    }

    @ParameterizedTest
    @CsvSource({"0", ORDER, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"})
    void numbersOutOfTheGroupShouldBeRefused(String number) {
        assertThatThrownBy(() -> key(number)).isInstanceOf(ProtocolException.class);
    }

    /** 5 is not the first coordinate of any point; 0 alone is the point at infinity; 4 begins a point that is not compressed. */
    @ParameterizedTest
    @CsvSource({"020000000000000000000000000000000000000000000000000000000000000005", "00", "''", "04" + G_X, "02", "05" + G_X,
        "000000000000000000000000000000000000000000000000000000000000000000",
        "02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC30"})
    void octetsThatAreNoPointShouldBeRefused(String octets) {
        assertThatThrownBy(() -> EncryptionKey.of(hex(octets))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void keysShouldCompareByTheirOctetsAndHideTheirSecrets() {
        SecureRandom random = Seeded.random(2);
        SigningKey signing = SigningKey.generate(random);
        DecryptionKey decryption = DecryptionKey.generate(random);
        assertThat(SigningKey.of(signing.secret())).isEqualTo(signing).hasSameHashCodeAs(signing).isNotEqualTo(SigningKey.generate(random));
        assertThat(DecryptionKey.of(decryption.secret())).isEqualTo(decryption).hasSameHashCodeAs(decryption)
            .isNotEqualTo(DecryptionKey.generate(random));
        assertThat(EncryptionKey.of(decryption.encryptionKey().toBytes())).isEqualTo(decryption.encryptionKey())
            .hasSameHashCodeAs(decryption.encryptionKey());
        assertThat(signing.toString()).isEqualTo("private key of " + signing.verifyingKey());
        assertThat(decryption.toString()).isEqualTo("private key of " + decryption.encryptionKey());
        assertThatThrownBy(() -> SigningKey.of(new byte[31])).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> VerifyingKey.of(new byte[33])).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> DecryptionKey.of(new byte[33])).isInstanceOf(ProtocolException.class);
    }

    private static DecryptionKey key(String hexNumber) {
        byte[] octets = new BigInteger(hexNumber, 16).add(BigInteger.ONE.shiftLeft(256)).toByteArray();
        return DecryptionKey.of(Arrays.copyOfRange(octets, octets.length - 32, octets.length));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}

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
package io.jamesext.dmap.dime.signet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class SignetTest {
    private final SecureRandom random = Seeded.random(4);
    private final PrivateKeys organisationKeys = PrivateKeys.generateOrganisation(random);
    private final SigningKey secondary = SigningKey.generate(random);
    private final SigningKey forMessages = SigningKey.generate(random);
    private final Signet organisation = SignetIssuer.organisation(organisationKeys, List.of(
        SecondaryKey.of(secondary.verifyingKey(), Set.of(Permission.SIGNETS, Permission.TLS)),
        SecondaryKey.of(forMessages.verifyingKey(), Set.of(Permission.MESSAGES))));
    private final PrivateKeys oldKeys = PrivateKeys.generateUser(random);
    private final Signet old = SignetIssuer.user(SignetIssuer.request(oldKeys), organisationKeys.signingKey());
    private final PrivateKeys keys = PrivateKeys.generateUser(random);
    private final Signet request = SignetIssuer.renewal(keys, oldKeys.signingKey());
    private final Signet crypto = SignetIssuer.user(request, secondary);
    private final Signet full = SignetIssuer.full(crypto, List.of(Field.text(16, "Jör"), Field.text(21, "1"), Field.text(21, "2"),
        Field.of(77, new byte[255]), Field.of(222, new byte[3]), Field.named("colour", new byte[] {1, 2}), Field.named("", new byte[0]),
        Field.of(252, Seeded.bytes(random, 70_000))), secondary);
    private final Signet identified = SignetIssuer.identified(full, "jör@example.org", organisationKeys.signingKey());

    @Test
    void levelsShouldFollowEachOther() {
        assertThat(List.of(request.level(), crypto.level(), full.level(), identified.level())).containsExactly(SignetLevel.values());
        assertThat(organisation.level()).isEqualTo(SignetLevel.CRYPTO);
        for (Signet signet : List.of(organisation, old, request, crypto, full, identified)) {
            assertThat(Signet.read(signet.toBytes())).isEqualTo(signet).hasSameHashCodeAs(signet);
            assertThat(Signet.read(signet.toBytes()).fields()).isEqualTo(signet.fields());
        }
        assertThat(identified.reducedTo(SignetLevel.FULL)).isEqualTo(full);
        assertThat(identified.reducedTo(SignetLevel.CRYPTO)).isEqualTo(crypto);
        assertThat(identified.reducedTo(SignetLevel.REQUEST)).isEqualTo(request);
    }

    @Test
    void fingerprintsShouldBeThoseOfTheLevel() {
        Signet at = request;
        for (Signet signet : List.of(crypto, full, identified)) {
            for (SignetLevel level : SignetLevel.values()) {
                if (level.compareTo(signet.level()) <= 0) {
                    assertThat(identified.fingerprint(level)).isEqualTo(signet.fingerprint(level)).hasSameHashCodeAs(
                        signet.fingerprint(level));
                } else {
                    assertThatThrownBy(() -> signet.fingerprint(level)).isInstanceOf(ProtocolException.class);
                }
            }
            assertThat(signet.fingerprint(signet.level())).isNotEqualTo(at.fingerprint(at.level()));
            at = signet;
        }
        assertThat(request.fingerprint(SignetLevel.REQUEST).toString()).matches("[A-Za-z0-9+/]{86}");
        assertThat(Fingerprint.parse(full.fingerprint(SignetLevel.FULL).toString())).isEqualTo(full.fingerprint(SignetLevel.FULL));
        assertThatThrownBy(() -> organisation.fingerprint(SignetLevel.REQUEST)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "====", "é"})
    void otherTextsShouldBeNoFingerprint(String text) {
        String whole = full.fingerprint(SignetLevel.FULL).toString();
        for (String wrong : List.of(text, whole + text + " ", whole.substring(1) + "B", whole.substring(1) + text)) {
            if (!wrong.matches("[A-Za-z0-9+/]{85}[AQgw]")) {
                assertThatThrownBy(() -> Fingerprint.parse(wrong)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void fieldsShouldBeFound() {
        assertThat(identified.identifier()).contains("jör@example.org");
        assertThat(full.identifier()).isEmpty();
        assertThat(identified.signingKey()).isEqualTo(keys.signingKey().verifyingKey());
        assertThat(identified.encryptionKey()).isEqualTo(keys.decryptionKey().encryptionKey());
        assertThat(identified.secondaryKeys()).isEmpty();
        assertThat(identified.value(21)).hasValue("1".getBytes(StandardCharsets.UTF_8));
        assertThat(identified.fields().stream().filter(field -> field.id() == 251).map(field -> field.name().orElseThrow()))
            .containsExactly("colour", "");
        assertThat(organisation.encryptionKey()).isEqualTo(organisationKeys.decryptionKey().encryptionKey());
        assertThat(organisation.keysFor(Permission.SIGNETS)).containsExactly(organisationKeys.signingKey().verifyingKey(),
            secondary.verifyingKey());
        assertThat(organisation.keysFor(Permission.MESSAGES)).containsExactly(organisationKeys.signingKey().verifyingKey(),
            forMessages.verifyingKey());
        assertThat(organisation.keysFor(Permission.SOFTWARE)).hasSize(1);
    }

    @Test
    void rightSignaturesShouldBeAccepted() {
        assertThat(List.of(organisation, old, request, crypto, full, identified)).allMatch(SignetSignatures::isSelfSigned);
        assertThat(List.of(old, crypto, full, identified)).allMatch(signet -> SignetSignatures.isSignedBy(signet, organisation));
        assertThat(List.of(request, crypto, full, identified)).allMatch(signet -> SignetSignatures.continues(signet, old));
        Signet whole = SignetIssuer.identified(SignetIssuer.full(organisation, List.of(), organisationKeys.signingKey()), "example.org",
            organisationKeys.signingKey());
        assertThat(SignetSignatures.isSelfSigned(whole)).isTrue();
        assertThat(SignetSignatures.isSignedBy(crypto, whole)).isTrue();
    }

    @Test
    void othersSignaturesShouldNotBeAccepted() {
        Signet byMessageKey = SignetIssuer.user(request, forMessages);
        assertThat(SignetSignatures.isSignedBy(byMessageKey, organisation)).isFalse();
        assertThat(SignetSignatures.isSignedBy(SignetIssuer.full(crypto, List.of(), forMessages), organisation)).isFalse();
        Signet byUser = SignetIssuer.identified(full, "eve@example.org", keys.signingKey());
        assertThat(SignetSignatures.isSignedBy(byUser, organisation)).isFalse();
        assertThat(SignetSignatures.isSignedBy(crypto, crypto)).isFalse();
        assertThat(SignetSignatures.isSignedBy(request, organisation)).isFalse();
        assertThat(SignetSignatures.continues(old, old)).isFalse();
        assertThat(SignetSignatures.continues(crypto, crypto)).isFalse();
        assertThat(SignetSignatures.continues(crypto, organisation)).isFalse();
        Signet bySecondary = SignetIssuer.full(organisation, List.of(), secondary);
        assertThat(SignetSignatures.isSelfSigned(bySecondary)).isFalse();
    }

    @Test
    void aStolenSigningKeyShouldNotBeAccepted() {
        PrivateKeys thief = PrivateKeys.generateUser(new SecureRandom());
        List<Field> fields = new ArrayList<>(List.of(
            Field.of(FieldShape.SIGNING_KEY, Signet.writeSigningKey(keys.signingKey().verifyingKey())),
            Field.of(FieldShape.encryptionKey(ObjectType.USER_SIGNET), thief.decryptionKey().encryptionKey().toBytes())));
        for (int signature : new int[] {FieldShape.OWNER_SIGNATURE, FieldShape.cryptoSignature(ObjectType.USER_SIGNET)}) {
            SigningKey signer = signature == FieldShape.OWNER_SIGNATURE ? thief.signingKey() : organisationKeys.signingKey();
            fields.add(Field.of(signature, signer.sign(Signet.write(ObjectType.USER_SIGNET, fields))));
        }
        assertThat(SignetSignatures.isSignedBy(Signet.of(ObjectType.USER_SIGNET, fields), organisation)).isFalse();
    }

    /** A signet whose picture is small, for each octet of it is tried. */
    @Test
    void eachChangedOctetShouldBeFound() {
        Signet small = SignetIssuer.identified(SignetIssuer.full(crypto, List.of(Field.text(16, "Name"), Field.named("n", new byte[2])),
            secondary), "a@example.org", secondary);
        changes(small, signet -> SignetSignatures.isSignedBy(signet, organisation));
        changes(request, signet -> signet.type() == ObjectType.SIGNING_REQUEST && SignetSignatures.isSelfSigned(signet));
        changes(organisation, SignetSignatures::isSelfSigned);
    }

    private static void changes(Signet signet, Predicate<Signet> accepts) {
        byte[] octets = signet.toBytes();
        assertThat(accepts.test(Signet.read(octets))).isTrue();
        for (int i = 0; i < octets.length; i++) {
            byte[] changed = octets.clone();
            changed[i] ^= (byte) (1 << i % 8);
            boolean accepted = false;
            try {
                accepted = accepts.test(Signet.read(changed));
            } catch (ProtocolException e) {
                assertThat(e.failure()).isEqualTo(Failure.SYNTAX);
            }
            assertThat(accepted).as("octet %d", i).isFalse();
        }
    }

    /** What libdime's own objects measured, with identifiers of these lengths. */
    @Test
    void sizesShouldBeThoseOfLibdime() {
        SigningKey key = organisationKeys.signingKey();
        Signet plain = SignetIssuer.organisation(organisationKeys, List.of());
        assertThat(SignetIssuer.identified(SignetIssuer.full(plain, List.of(), key), "x".repeat(12), key).toBytes()).hasSize(285);
        Signet first = SignetIssuer.request(keys);
        assertThat(first.toBytes()).hasSize(141);
        Signet user = SignetIssuer.full(SignetIssuer.user(first, key), List.of(), key);
        assertThat(SignetIssuer.identified(user, "x".repeat(33), key).toBytes()).hasSize(371);
    }

    @Test
    void cutAndPrefixedSignetsShouldBeRefused() {
        byte[] octets = request.toBytes();
        for (int size = 0; size < octets.length; size++) {
            byte[] cut = Arrays.copyOf(octets, size);
            assertThatThrownBy(() -> Signet.read(cut)).isInstanceOf(ProtocolException.class);
            if (size >= 5) {
                byte[] honest = DimeObject.write(ObjectType.SIGNING_REQUEST, Arrays.copyOfRange(octets, 5, size));
                assertThatThrownBy(() -> Signet.read(honest)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void wrongFieldsShouldBeRefused() {
        List<Field> fields = crypto.fields();
        Field signature = Field.of(253, new byte[64]);
        refused(ObjectType.USER_SIGNET, with(fields, Field.text(16, "without a signature")));
        refused(ObjectType.USER_SIGNET, with(fields, signature, Field.text(254, "without a signature")));
        refused(ObjectType.USER_SIGNET, with(fields, signature, Field.of(255, new byte[64])));
        refused(ObjectType.USER_SIGNET, with(fields, Field.text(17, "order"), Field.text(16, "order"), signature));
        refused(ObjectType.USER_SIGNET, with(fields, Field.text(16, "twice"), Field.text(16, "twice"), signature));
        refused(ObjectType.USER_SIGNET, with(fields, signature, signature));
        refused(ObjectType.USER_SIGNET, with(fields, Field.text(7, "no shape"), signature));
        refused(ObjectType.USER_SIGNET, with(fields, signature, Field.of(254, new byte[] {(byte) 0xFF}), Field.of(255, new byte[64])));
        refused(ObjectType.SIGNING_REQUEST, with(request.fields(), Field.text(16, "in a request")));
        refused(ObjectType.USER_SIGNET, request.fields());
        refused(ObjectType.USER_SIGNET, List.of());
        for (int missing = 0; missing < request.fields().size(); missing++) {
            List<Field> some = new ArrayList<>(request.fields());
            if (some.remove(missing).id() != 4) {
                refused(ObjectType.SIGNING_REQUEST, some);
            }
        }
        assertThatThrownBy(() -> SignetIssuer.full(crypto, List.of(Field.of(16, new byte[256])), secondary))
            .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> SignetIssuer.full(crypto, List.of(Field.named("n".repeat(256), new byte[0])), secondary))
            .isInstanceOf(ProtocolException.class);
    }

    @Test
    void keysOfAnotherFormatShouldBeRefused() {
        byte[] octets = request.toBytes();
        octets[7] = 0x41;
        assertThatThrownBy(() -> Signet.read(octets)).isInstanceOf(ProtocolException.class).hasMessageContaining("octet 64");
        List<Field> fields = new ArrayList<>(organisation.fields());
        fields.set(1, Field.of(2, new byte[0]));
        refused(ObjectType.ORGANISATION_SIGNET, fields);
    }

    @Test
    void hugeCountsAndSizesShouldBeRefused() {
        List<Field> many = new ArrayList<>(crypto.fields());
        for (int i = 0; i < 200_000 / 2; i++) {
            many.add(Field.text(21, ""));
        }
        OctetWriter writer = new OctetWriter();
        many.forEach(field -> field.write(ObjectType.USER_SIGNET, writer));
        assertThatThrownBy(() -> Signet.read(DimeObject.write(ObjectType.USER_SIGNET, writer.toBytes())))
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
        List<SecondaryKey> keysEnough = Collections.nCopies(Signet.MAX_SECONDARY_KEYS, organisation.secondaryKeys().get(0));
        assertThat(SignetIssuer.organisation(organisationKeys, keysEnough).secondaryKeys()).isEqualTo(keysEnough);
        List<SecondaryKey> tooMany = Collections.nCopies(Signet.MAX_SECONDARY_KEYS + 1, organisation.secondaryKeys().get(0));
        assertThatThrownBy(() -> SignetIssuer.organisation(organisationKeys, tooMany))
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
        assertThatThrownBy(() -> Signet.read(DimeObject.write(ObjectType.USER_SIGNET, new byte[Signet.MAX_BYTES])))
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
        assertThatThrownBy(() -> SignetIssuer.full(crypto, List.of(Field.of(252, new byte[Signet.MAX_BYTES])), secondary))
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
    }

    @Test
    void onlyWhatFitsShouldBeIssued() {
        assertThatThrownBy(() -> SignetIssuer.user(crypto, secondary)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> SignetIssuer.full(full, List.of(), secondary)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> SignetIssuer.identified(crypto, "a@b", secondary)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> SignetIssuer.request(organisationKeys)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> SignetIssuer.organisation(keys, List.of())).isInstanceOf(ProtocolException.class);
        byte[] unsigned = request.toBytes();
        unsigned[unsigned.length - 1] ^= 1;
        assertThatThrownBy(() -> SignetIssuer.user(Signet.read(unsigned), secondary)).isInstanceOf(ProtocolException.class);
    }

    private static List<Field> with(List<Field> fields, Field... more) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(List.of(more));
        return all;
    }

    private static void refused(ObjectType type, List<Field> fields) {
        assertThatThrownBy(() -> Signet.of(type, fields)).isInstanceOf(ProtocolException.class);
    }
}

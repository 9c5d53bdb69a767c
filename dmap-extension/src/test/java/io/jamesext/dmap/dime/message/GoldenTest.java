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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dime.Armor;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.dmap.dime.signet.EncryptedKeys;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.stacie.RealmKey;

/**
 * Objects that were made from PROTOCOL.md by a program in another language, with OpenSSL's ciphers. They are never to change: whoever
 * cannot read them any more cannot read what users have stored.
 */
class GoldenTest {
    private final PrivateKeys author = PrivateKeys.read(object("author.keys"));
    private final PrivateKeys origin = PrivateKeys.read(object("origin.keys"));
    private final PrivateKeys destination = PrivateKeys.read(object("destination.keys"));
    private final PrivateKeys recipient = PrivateKeys.read(object("recipient.keys"));
    private final Signet authorSignet = Signet.read(object("author.signet"));
    private final Signet originSignet = Signet.read(object("origin.signet"));
    private final Message message = Message.read(object("message"));

    @Test
    void signetsShouldBeSigned() {
        Signet request = Signet.read(object("author.request"));
        assertThat(SignetSignatures.isSelfSigned(originSignet)).isTrue();
        assertThat(SignetSignatures.isSignedBy(authorSignet, originSignet)).isTrue();
        assertThat(SignetSignatures.isSelfSigned(request)).isTrue();
        for (Signet newer : List.of(request, authorSignet)) {
            assertThat(SignetSignatures.continues(newer, Signet.read(object("author-before.signet")))).isTrue();
            assertThat(newer.fingerprint(SignetLevel.REQUEST)).hasToString(
                "HfoVJDjZxpxI09f4oQjnzal6SvbHvO6s1TiHXzYIUcJljGMnoE2NRWDwXmvUaUxePIK20MyOLGRifCHKGyh54g");
        }
        assertThat(authorSignet.fingerprint(SignetLevel.CRYPTO)).hasToString(
            "xaEurspip+Su8v4V4cBwKP8tPdyfFolOn3wZY2A8SEfTgLuA4Je/lkyqIennC6nNUuD9pcH0pKESH7hYt6aOig");
        assertThat(authorSignet.identifier()).contains("alice@example.org");
        assertThat(authorSignet.reducedTo(SignetLevel.REQUEST)).isEqualTo(request);
        // ed25519 has no chance in it, so what we sign is what the other program signed.
        assertThat(SignetIssuer.user(request, origin.secondary().get(0))).isEqualTo(authorSignet.reducedTo(SignetLevel.CRYPTO));
    }

    @Test
    void privateKeysShouldBelongToTheSignets() {
        assertThat(author.signingKey().verifyingKey()).isEqualTo(authorSignet.signingKey());
        assertThat(author.decryptionKey().encryptionKey()).isEqualTo(authorSignet.encryptionKey());
        assertThat(origin.secondary().get(0).verifyingKey()).isEqualTo(originSignet.secondaryKeys().get(0).key());
        byte[] secret = new byte[64];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        assertThat(EncryptedKeys.read(object("recipient.encrypted")).decrypt(RealmKey.of(secret))).isEqualTo(recipient);
    }

    @Test
    void messageShouldBeReadByEveryActor() {
        VerifyingKey key = authorSignet.signingKey();
        for (Actor actor : Actor.values()) {
            PrivateKeys keys = List.of(author, origin, destination, recipient).get(actor.ordinal());
            OpenMessage open = message.open(actor, keys.decryptionKey());
            assertThat(open.isSignedByOrigin(originSignet)).isTrue();
            assertThat(open.isBounceSigned(ChunkKind.METADATA_BOUNCE_SIGNATURE, originSignet)).isTrue();
            assertThat(open.isBounceSigned(ChunkKind.DISPLAY_BOUNCE_SIGNATURE, originSignet)).isTrue();
            if (actor != Actor.DESTINATION) {
                assertThat(open.isSignedByAuthor(authorSignet)).isTrue();
                assertThat(open.origin().user()).isEqualTo("alice@example.org");
                assertThat(open.origin().userSignet()).isEqualTo(authorSignet.fingerprint(SignetLevel.CRYPTO));
            }
            if (actor != Actor.ORIGIN) {
                assertThat(open.destination().user()).isEqualTo("bob@example.net");
                assertThat(open.destination().organisation()).isEqualTo("example.org");
            }
            if (actor == Actor.AUTHOR || actor == Actor.RECIPIENT) {
                List<Content> contents = open.contents(key);
                assertThat(contents).hasSize(4);
                assertThat(new String(contents.get(2).data(), StandardCharsets.US_ASCII)).isEqualTo("Hello world.\r\n");
                assertThat(contents.get(3).data()).hasSize(256);
            }
        }
    }

    /** NIST SP 800-38A, F.2.5. */
    @Test
    void cipherShouldBeThatOfNist() {
        HexFormat hex = HexFormat.of();
        ContentKey key = new ContentKey(hex.parseHex("000102030405060708090a0b0c0d0e0f"),
            hex.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"));
        byte[] plain = hex.parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        byte[] encrypted = hex.parseHex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
            + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b");
        assertThat(key.encrypt(plain)).isEqualTo(encrypted);
        assertThat(key.decrypt(new OctetReader(encrypted))).isEqualTo(plain);
        assertThat(key).isEqualTo(new ContentKey(key.vector(), key.key())).hasToString("content key");
    }

    private static byte[] object(String name) {
        try (InputStream stream = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden/" + name))) {
            return Armor.decode(new String(stream.readAllBytes(), StandardCharsets.US_ASCII), 100_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

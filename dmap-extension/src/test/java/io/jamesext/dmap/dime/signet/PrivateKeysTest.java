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

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.stacie.RealmKey;
import io.jamesext.kernel.failure.ProtocolException;

class PrivateKeysTest {
    private final SecureRandom random = Seeded.random(5);
    private final PrivateKeys user = PrivateKeys.generateUser(random);
    private final PrivateKeys plain = PrivateKeys.generateOrganisation(random);
    private final PrivateKeys organisation = new PrivateKeys(plain.type(), plain.signingKey(),
        ImmutableList.of(SigningKey.generate(random), SigningKey.generate(random)), plain.decryptionKey());
    private final RealmKey key = RealmKey.of(Seeded.bytes(random, 64));

    @Test
    void keysShouldComeBack() {
        assertThat(user.toBytes()).hasSize(74);
        for (PrivateKeys keys : List.of(user, plain, organisation)) {
            assertThat(PrivateKeys.read(keys.toBytes())).isEqualTo(keys);
            EncryptedKeys encrypted = EncryptedKeys.read(EncryptedKeys.encrypt(keys, key).toBytes());
            assertThat(encrypted.decrypt(key)).isEqualTo(keys);
            assertThatThrownBy(() -> encrypted.decrypt(RealmKey.of(new byte[64]))).isInstanceOf(ProtocolException.class);
        }
        assertThat(EncryptedKeys.encrypt(user, key).toBytes()).hasSize(6 + 32 + 80)
            .isNotEqualTo(EncryptedKeys.encrypt(user, key).toBytes());
    }

    @Test
    void secretsShouldNotBeSeen() {
        String text = user + " " + organisation + " " + key + " " + EncryptedKeys.encrypt(user, key);
        for (PrivateKeys keys : List.of(user, organisation)) {
            for (byte[] secret : List.of(keys.signingKey().secret(), keys.decryptionKey().secret())) {
                assertThat(text).doesNotContain(HexFormat.of().formatHex(secret), Arrays.toString(secret),
                    Base64.getEncoder().withoutPadding().encodeToString(secret));
            }
        }
    }

    @Test
    void eachChangedOctetOfEncryptedKeysShouldBeFound() {
        byte[] octets = EncryptedKeys.encrypt(user, key).toBytes();
        for (int i = 0; i < 8 * octets.length; i++) {
            byte[] changed = octets.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThatThrownBy(() -> EncryptedKeys.read(changed).decrypt(key)).as("bit %d", i).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void cutAndLongerKeysShouldBeRefused() {
        for (byte[] octets : List.of(user.toBytes(), organisation.toBytes(), EncryptedKeys.encrypt(user, key).toBytes())) {
            for (int size = 0; size < octets.length; size++) {
                byte[] cut = Arrays.copyOf(octets, size);
                assertThatThrownBy(() -> read(cut)).isInstanceOf(ProtocolException.class);
            }
            assertThatThrownBy(() -> read(Arrays.copyOf(octets, octets.length + 1))).isInstanceOf(ProtocolException.class);
        }
        byte[] longer = new OctetWriter().octets(user.body()).number(4, 1).toBytes();
        assertThatThrownBy(() -> PrivateKeys.read(DimeObject.write(ObjectType.USER_KEYS, longer))).isInstanceOf(ProtocolException.class);
        byte[] body = organisation.body();
        assertThatThrownBy(() -> PrivateKeys.read(DimeObject.write(ObjectType.USER_KEYS, body))).isInstanceOf(ProtocolException.class);
        byte[] huge = new byte[PrivateKeys.MAX_BYTES];
        assertThatThrownBy(() -> PrivateKeys.read(DimeObject.write(ObjectType.USER_KEYS, huge))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> RealmKey.of(new byte[63])).isInstanceOf(IllegalArgumentException.class);
    }

    private void read(byte[] octets) {
        if (octets.length > 1 && octets[0] == 7 && octets[1] == (byte) (1976 & 0xFF)) {
            EncryptedKeys.read(octets).decrypt(key);
        } else {
            PrivateKeys.read(octets);
        }
    }
}

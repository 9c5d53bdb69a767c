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
package io.jamesext.dmap.stacie;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmKeyTest {
    private static final byte[] SHARD = StacieTest.counting(64, 128);
    private static final RealmKey MAIL = RealmKey.of(StacieTest.MASTER_KEY, "mail", SHARD);
    private static final int ENVELOPE = 34;

    /** Where {@link StacieTest}'s known answers are from. */
    @Test
    void keyAndBoxShouldBeTheKnownAnswers() throws GeneralSecurityException {
        assertThat(MAIL.octets()).isEqualTo(HexFormat.of().parseHex("ffdd0e5b7cbd25d32613e2cb0630d642a3d5b621a858da85678611da6bef9b55"
            + "93e3ac4167da936ac26d829a9cad86ea38977173d76d98b4e2ee4112bb791ee5"));
        byte[] box = HexFormat.of().parseHex("0007000102030405060708090a0b0c0d0e0f241fb5be24418c764127ce19f9d448ee"
            + "8624bb014f437b04f59c9f9fefa96f2d2f2c6ba1ced4ab85f23ade68fcdaaac6");
        assertThat(MAIL.open(box)).isEqualTo("Attack at dawn!".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 12, 13, 28, 1000, 70_000})
    void openShouldGiveWhatWasSealed(int length) throws GeneralSecurityException {
        byte[] data = StacieTest.counting(0, length);
        byte[] box = MAIL.seal(258, data);

        assertThat(box).startsWith(1, 2);
        assertThat((box.length - ENVELOPE) % 16).isZero();
        assertThat(box.length - ENVELOPE).isGreaterThan(length + 4);
        assertThat(MAIL.open(box)).isEqualTo(data);
        assertThat(MAIL.seal(258, data)).as("a vector of its own").isNotEqualTo(box);
    }

    @Test
    void anotherRealmShardOrMasterKeyShouldNotOpen() {
        byte[] box = MAIL.seal(0, new byte[] {1});
        byte[] other = SHARD.clone();
        other[0]++;
        assertThatThrownBy(() -> RealmKey.of(StacieTest.MASTER_KEY, "meta", SHARD).open(box)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> RealmKey.of(StacieTest.MASTER_KEY, "mail", other).open(box)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> RealmKey.of(other, "mail", SHARD).open(box)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void changedBoxShouldNotOpen() {
        byte[] box = MAIL.seal(0, "Attack at dawn!".getBytes(UTF_8));
        // The serial only says which shard to take.
        for (int i = 2; i < box.length; i++) {
            byte[] changed = box.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> MAIL.open(changed)).as("octet " + i).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33, 34, 49, 51})
    void wrongLengthsShouldNotOpen(int length) {
        byte[] box = Arrays.copyOf(MAIL.seal(0, new byte[] {1}), length);
        assertThatThrownBy(() -> MAIL.open(box)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void whatDoesNotFitShouldBeRefused() {
        assertThatThrownBy(() -> MAIL.seal(0, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MAIL.seal(0, new byte[RealmKey.MOST_DATA + 1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MAIL.seal(65_536, new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }
}

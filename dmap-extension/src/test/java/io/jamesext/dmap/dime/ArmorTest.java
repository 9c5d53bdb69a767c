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

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class ArmorTest {
    private static final int MAX = 100_000;
    /** The organisation's signet of a test installation of magma, whose objects have other fields but the same armour and CRC. */
    private static final String MAGMA = """
        -----BEGIN ORGANIZATIONAL SIGNET-----
        BvAAAIYBIIeOJAOAF8toBZ5RfqLLnBtreEjgXrvAgN1lsaOkS3yAAyEC/10o1zAx
        t/VrZVjUJYYIDg6r5M+Ka0hcIRuzDqJU4hEEWx/E2nCYovVWPPlO7tYkzG4M+FnG
        XuqY+OI5PDKKyzjCILV+sp/I3TCusHj0p0+yTsa1odlK3WfJs092oP7QDA==
        =Rli0
        -----END ORGANIZATIONAL SIGNET-----
        """;

    /** The check value of CRC-24/OPENPGP. */
    @Test
    void checksumShouldBeThatOfOpenPgp() {
        assertThat(Armor.crc24("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0x21CF02);
        assertThat(Armor.crc24(new byte[0])).isEqualTo(0xB704CE);
    }

    @Test
    void anotherProgramsObjectShouldBeReadAndWrittenAlike() {
        byte[] object = Armor.decode(MAGMA, MAX);
        assertThat(object).hasSize(139);
        assertThat(Armor.encode(object)).isEqualTo(MAGMA);
        assertThat(Armor.decode("  \n" + MAGMA.strip().replace("\n", "\r\n"), MAX)).isEqualTo(object);
        // Its own signature is over the octets between the head and field 4, as here.
        VerifyingKey key = VerifyingKey.of(Arrays.copyOfRange(object, 7, 39));
        byte[] signature = Arrays.copyOfRange(object, object.length - 64, object.length);
        assertThat(key.verifies(signature, object, 5, object.length - 65)).isTrue();
        assertThat(EncryptionKey.of(Arrays.copyOfRange(object, 41, 74)).toBytes()).hasSize(33);
    }

    @Test
    void anyObjectShouldComeBack() {
        SecureRandom random = Seeded.random(3);
        for (ObjectType type : ObjectType.values()) {
            for (int size : new int[] {0, 1, 2, 3, 42, 43, 44, 45, 255, 5000}) {
                byte[] object = DimeObject.write(type, Seeded.bytes(random, size));
                assertThat(Armor.decode(Armor.encode(object), MAX)).isEqualTo(object);
            }
        }
    }

    @Test
    void anyChangedCharacterShouldBeFound() {
        byte[] object = Armor.decode(MAGMA, MAX);
        String text = MAGMA.strip();
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThatThrownBy(() -> assertThat(Armor.decode(changed, MAX)).isNotEqualTo(object)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void otherTextsShouldBeRefused() {
        refused("", Failure.SYNTAX);
        refused("-----BEGIN -----\nBvA=\n=Rli0\n-----END -----", Failure.SYNTAX);
        refused("-----BEGIN USER KEY-----\n", Failure.SYNTAX);
        refused("-----BEGIN ----\nA\nB\n-----END -----", Failure.SYNTAX);
        refused(MAGMA.replace("=Rli0\n", ""), Failure.SYNTAX);
        refused(MAGMA.replace("ORGANIZATIONAL SIGNET", "USER SIGNET"), Failure.SYNTAX);
        refused(MAGMA.replace("QDA==", "QDB=="), Failure.SYNTAX);
        assertThatThrownBy(() -> Armor.decode(MAGMA, 138)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
        assertThatThrownBy(() -> Armor.decode("A".repeat(4 * MAX + 2000), MAX)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
    }

    @Test
    void headsThatLieShouldBeRefused() {
        byte[] object = Armor.decode(MAGMA, MAX);
        for (int length : new int[] {0, 133, 135, 0xFFFFFF}) {
            byte[] lie = new OctetWriter().number(1776, 2).number(length, 3).octets(object, 5, object.length).toBytes();
            assertThatThrownBy(() -> DimeObject.body(lie, ObjectType.ORGANISATION_SIGNET, MAX)).isInstanceOf(ProtocolException.class);
        }
        for (int size = 0; size < 5; size++) {
            byte[] cut = Arrays.copyOf(object, size);
            assertThatThrownBy(() -> DimeObject.body(cut, ObjectType.ORGANISATION_SIGNET, MAX)).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> DimeObject.body(object, ObjectType.USER_SIGNET, MAX)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> DimeObject.write(ObjectType.USER_SIGNET, new byte[0x1000000])).isInstanceOf(ProtocolException.class);
        assertThat(DimeObject.write(ObjectType.MESSAGE, new byte[0x1000000])).startsWith(7, 0x37, 1, 0, 0, 0).hasSize(0x1000006);
    }

    private static void refused(String text, Failure failure) {
        assertThatThrownBy(() -> Armor.decode(text, MAX)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(failure));
    }
}

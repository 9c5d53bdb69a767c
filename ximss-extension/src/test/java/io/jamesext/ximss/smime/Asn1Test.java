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
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.common.io.BaseEncoding;

class Asn1Test {
    private static byte[] nested(int depth, boolean isDefinite) {
        byte[] octets = {};
        for (int i = 0; i < depth; i++) {
            ByteArrayOutputStream outer = new ByteArrayOutputStream();
            outer.write(0x30);
            if (isDefinite) {
                outer.write(0x82);
                outer.write(octets.length >> 8);
                outer.write(octets.length);
            } else {
                outer.write(0x80);
            }
            outer.writeBytes(octets);
            outer.writeBytes(isDefinite ? new byte[0] : new byte[2]);
            octets = outer.toByteArray();
        }
        return octets;
    }

    @ParameterizedTest
    @CsvSource({
        "3000, true", "300402020102, true", "30800500 0000, true", "24800401AA0401BB0000, true", "7F814800, true", "0500 0500, true",
        // Ends too early, within a tag, a length, a value.
        "30, false", "7F, false", "7F81, false", "3082, false", "3003 0500, false", "0402AA, false", "3080, false", "30800500, false",
        // Longer than any array, or than what it is in.
        "0484FFFFFFFF, false", "0488FFFFFFFFFFFFFFFF, false", "0484 7FFFFFFF, false", "3002 0402AABB, false",
        // Without a definite length only what has parts; an end without a beginning.
        "0480 0000, false", "0000, false", "30020000, false"})
    void onlyWholeElementsShouldPass(String octets, boolean expected) {
        assertThat(Asn1.isWithinLimits(BaseEncoding.base16().decode(octets.replace(" ", "")))).isEqualTo(expected);
    }

    @Test
    void depthShouldBeLimited() {
        for (boolean isDefinite : new boolean[] {true, false}) {
            assertThat(Asn1.isWithinLimits(nested(48, isDefinite))).isTrue();
            assertThat(Asn1.isWithinLimits(nested(49, isDefinite))).isFalse();
            assertThat(Asn1.isWithinLimits(nested(10_000, isDefinite))).isFalse();
        }
    }

    @Test
    void elementsShouldBeCounted() {
        assertThat(Asn1.isWithinLimits(new byte[0])).isTrue();
        byte[] nulls = new byte[40_000];
        for (int i = 0; i < nulls.length; i += 2) {
            nulls[i] = 5;
        }
        assertThat(Asn1.isWithinLimits(nulls)).isTrue();
        byte[] more = Arrays.copyOf(nulls, nulls.length + 2);
        more[nulls.length] = 5;
        assertThat(Asn1.isWithinLimits(more)).isFalse();
    }

    @Test
    void longObjectIdentifiersShouldBeRefused() {
        byte[] identifier = new byte[67];
        identifier[0] = 6;
        identifier[1] = 64;
        assertThat(Asn1.isWithinLimits(Arrays.copyOf(identifier, 66))).isTrue();
        identifier[1] = 65;
        assertThat(Asn1.isWithinLimits(identifier)).isFalse();
    }

    @Test
    void nothingShouldBeThrownOrTakeLong() {
        Random random = new Random(11);
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 200_000; i++) {
                byte[] octets = new byte[random.nextInt(40)];
                random.nextBytes(octets);
                Asn1.isWithinLimits(octets);
            }
            Asn1.isWithinLimits(new byte[30 << 20]);
        });
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {
    /** Two to the power of 24 less the password's characters, and the bonus. */
    @ParameterizedTest
    @CsvSource({
        "a, 0, 8388608",
        "ab, 0, 4194304",
        "secret, 0, 262144",
        "passport, 0, 65536",
        "passport, 128, 65664",
        "twelve chars, 128, 4224",
        "a password with 24 chars, 0, 8",
        "a password with 24 chars, 6, 8",
        "a password with 24 chars, 7, 9",
        "a password that is longer than twenty-four characters, 8, 10",
        // No more than fits into three octets, whatever a server asks for.
        "a, 8388606, 16777214",
        "a, 8388608, 16777216",
        "a, 8388609, 16777216",
        "a password with 24 chars, 9223372036854775807, 16777216",
    })
    void roundsShouldFallWithTheLengthOfThePassword(String password, long bonus, int rounds) {
        assertThat(Rounds.of(password, bonus)).isEqualTo(rounds);
    }

    @Test
    void charactersShouldBeUnicodesAfterComposition() {
        assertThat(Rounds.of("Grüße", 0)).isEqualTo(1 << 19);
        assertThat(Rounds.of("Gru\u0308ße", 0)).as("composed").isEqualTo(1 << 19);
        assertThat(Rounds.of("\uFEFFGrüße", 0)).as("a byte order mark").isEqualTo(1 << 19);
        assertThat(Rounds.of("\uD83D\uDD11\uD83D\uDD11", 0)).as("two keys outside of the first plane").isEqualTo(1 << 22);
    }

    @Test
    void negativeBonusShouldBeRefused() {
        assertThatThrownBy(() -> Rounds.of("secret", -1)).isInstanceOf(IllegalArgumentException.class);
    }
}

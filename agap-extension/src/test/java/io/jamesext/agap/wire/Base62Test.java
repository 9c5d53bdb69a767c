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
package io.jamesext.agap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;

import org.junit.jupiter.api.Test;

class Base62Test {
    private static final long MAX = 218_340_105_584_895L;

    @Test
    void knownValues() {
        assertThat(Base62.encode(0)).isEqualTo("00000000");
        assertThat(Base62.encode(9)).isEqualTo("00000009");
        assertThat(Base62.encode(10)).isEqualTo("0000000A");
        assertThat(Base62.encode(36)).isEqualTo("0000000a");
        assertThat(Base62.encode(62)).isEqualTo("00000010");
        assertThat(Base62.encode(MAX)).isEqualTo("zzzzzzzz");
        assertThatThrownBy(() -> Base62.encode(MAX + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decodingShouldGiveBackWhatWasEncodedAndKeepTheOrder() {
        long seed = 62;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long one = random.nextLong(MAX + 1) >>> random.nextInt(48);
            long other = random.nextBoolean() ? one + 1 : random.nextLong(MAX);
            assertThat(Base62.decode(Base62.encode(one))).as("seed %d", seed).hasValue(one);
            assertThat(Integer.signum(Base62.ORDER.compare(Base62.encode(one), Base62.encode(Math.min(other, MAX)))))
                .as("seed %d: %d and %d", seed, one, other).isEqualTo(Long.compare(one, Math.min(other, MAX)));
        }
    }

    @Test
    void otherIdentifiersShouldBeNoneOfOurs() {
        assertThat(Base62.decode("1")).isEmpty();
        assertThat(Base62.decode("000000001")).isEmpty();
        assertThat(Base62.decode("0000-001")).isEmpty();
        assertThat(Base62.decode("")).isEmpty();
        assertThat(Base62.isIdentifier("0".repeat(32))).isTrue();
        assertThat(Base62.isIdentifier("0".repeat(33))).isFalse();
        assertThat(Base62.isIdentifier("ä")).isFalse();
    }

    @Test
    void theDraftsOwnOrderShouldHold() {
        // Section 2.5: "9234 before 02345".
        assertThat(Base62.ORDER.compare("9234", "02345")).isNegative();
        assertThat(Base62.ORDER.compare("Z", "a")).isNegative();
        assertThat(Base62.ORDER.compare("9", "A")).isNegative();
    }
}

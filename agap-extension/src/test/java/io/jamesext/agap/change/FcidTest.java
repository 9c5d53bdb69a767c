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
package io.jamesext.agap.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.jamesext.agap.wire.Base62;

class FcidTest {
    @Test
    void whatIsWrittenShouldBeReadAndInTheOrderOfTime() {
        long seed = 42;
        Random random = new Random(seed);
        Fcid last = new Fcid(0, 0, 0);
        for (int i = 0; i < 1000; i++) {
            Fcid next = switch (random.nextInt(3)) {
                case 0 -> new Fcid(last.seed() + 1 + random.nextInt(1_000_000), random.nextInt(100), random.nextInt(100));
                case 1 -> new Fcid(last.seed(), last.modSeq() + 1 + random.nextInt(1_000_000), last.lastUid() + random.nextInt(1000));
                default -> new Fcid(last.seed(), last.modSeq(), last.lastUid() + 1 + random.nextInt(1000));
            };
            assertThat(Fcid.parse(next.toString())).as("seed %s", seed).contains(next);
            assertThat(Base62.isIdentifier(next.toString())).isTrue();
            assertThat(Base62.ORDER.compare(last.toString(), next.toString())).as("seed %s: %s %s", seed, last, next).isNegative();
            assertThat(last.isNotBefore(next)).isFalse();
            assertThat(next.isNotBefore(last)).isEqualTo(next.seed() == last.seed());
            last = next;
        }
    }

    @Test
    void otherTextsShouldBeNone() {
        assertThat(Fcid.parse("")).isEmpty();
        assertThat(Fcid.parse("00000001")).isEmpty();
        assertThat(Fcid.parse("0".repeat(23))).isEmpty();
        assertThat(Fcid.parse("0".repeat(25))).isEmpty();
        assertThat(Fcid.parse("0".repeat(23) + "-")).isEmpty();
        assertThat(Fcid.parse("é".repeat(24))).isEmpty();
    }
}

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
package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NeedleTest {
    @Test
    void whatIsFoundShouldBeWhatTheTextContainsHoweverItIsCut() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String string = letters(random, random.nextInt(6));
            String text = letters(random, random.nextInt(40));
            int cut = random.nextInt(text.length() + 1);
            Needle needle = Needle.of(string);
            int met = needle.feed(text.substring(cut), needle.feed(text.substring(0, cut), 0));
            assertThat(needle.isFound(met)).as("seed %d: %s in %s", seed, string, text).isEqualTo(text.contains(Casemap.fold(string)));
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int at = 0; at < length; at++) {
            letters.append(random.nextBoolean() ? 'A' : 'B');
        }
        return letters.toString();
    }

    /** Compared place by place, this would be four million million signs. */
    @Test
    @Timeout(60)
    void textThatAlmostMatchesEverywhereShouldCostNoMoreThanAnyOther() {
        Needle needle = Needle.of("a".repeat(65_000) + "b");
        assertThat(needle.isIn("A".repeat(60_000_000))).isFalse();
        assertThat(needle.isIn("A".repeat(70_000) + "B")).isTrue();
    }
}

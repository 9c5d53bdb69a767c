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

package io.jamesext.lemonade.imap.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.names.TestNames;

class ListPatternTest {
    private static ListPattern pattern(String text) throws RefusedException {
        return ListPattern.all("", List.of(text), TestNames.of(Username.of("alice@example.org"))).get(0);
    }

    @ParameterizedTest
    @CsvSource({"*, a.b.c, true", "%, a, true", "%, a.b, false", "a.%, a.b, true", "a.%, a.b.c, false", "a.*, a.b.c, true", "a.*, a, false",
        "a*, a, true", "%.%, a.b, true", "%%, a.b, false", "%*%, a.b, true", "a.%.c, a.b.c, true", "a.%.c, a.b.d.c, false", "A, a, false",
        "inb*, INBOX, true", "inbox, INBOX, true", "%box, INBOX, true", "inb*, inbay, true", "INB*, inbay, false", "a.b, aXb, false"})
    void wildcardsShouldMatchAsInRfc3501(String text, String name, boolean matches) throws Exception {
        assertThat(pattern(text).matches(name)).isEqualTo(matches);
    }

    @Test
    void randomPatternsShouldMatchAsRegularExpressionsDo() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            // With as many as 70 places, more than one word of bits.
            String text = "a".repeat(i % 64) + random(random, "ab.*%", 1 + random.nextInt(7));
            String name = "a".repeat(i % 64) + random(random, "ab.", random.nextInt(8));
            String regex = text.replace(".", "\\.").replace("*", ".*").replace("%", "[^.]*");
            assertThat(pattern(text).matches(name)).as("%s on %s, seed %d", text, name, seed)
                .isEqualTo(Pattern.matches(regex, name));
        }
    }

    private static String random(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
        return text.toString();
    }

    @Test
    void patternsShouldNotTakeLongerThanTheirLength() throws Exception {
        ListPattern pattern = pattern("%a*a".repeat(250) + "b");
        String name = "a".repeat(200);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(pattern.matches(name)).isFalse();
            }
        });
    }

    @Test
    void tooManyPatternsShouldBeRefused() {
        assertThatThrownBy(() -> pattern("a*".repeat(3_000))).isInstanceOf(RefusedException.class);
    }
}

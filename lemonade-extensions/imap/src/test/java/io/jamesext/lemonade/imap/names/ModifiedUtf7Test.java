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

package io.jamesext.lemonade.imap.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "~peter/mail/台北/日本語 | ~peter/mail/&U,BTFw-/&ZeVnLIqe-",
        "a&b | a&-b", "& | &-", "Grün | Gr&APw-n", "☺! | &Jjo-!", "😊 | &2D3eCg-", "plain | plain"})
    void knownNamesShouldBeReadAndWritten(String name, String encoded) {
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(encoded);
        assertThat(ModifiedUtf7.decode(encoded)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "&Jjo", "&Jjo!", "&Jjo!-", "&J/o-", "&APx-", "&AP-", "&2D0-", "&AGE-", "&ACY-", "&U,BTFw-&ZeVnLIqe-",
        "&=-", "&APw=-", "&--&"})
    void whatIsNotModifiedUtf7ShouldNotBeRead(String encoded) {
        assertThat(ModifiedUtf7.decode(encoded)).isEmpty();
    }

    @Test
    void randomNamesShouldComeBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String name = random.ints(random.nextInt(12), 1, 0x1_1000)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            String encoded = ModifiedUtf7.encode(name);
            assertThat(encoded.chars()).as("seed %d", seed).allMatch(c -> c >= ' ' && c <= '~');
            assertThat(ModifiedUtf7.decode(encoded)).as("seed %d", seed).contains(name);
        }
    }

    /** Whatever is read has one spelling, so that no two names on the wire are one mailbox. */
    @Test
    void randomOctetsShouldBeReadInOneSpellingOnly() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "&-aA,/+=9 ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder encoded = new StringBuilder();
            random.ints(random.nextInt(9), 0, alphabet.length()).forEach(at -> encoded.append(alphabet.charAt(at)));
            ModifiedUtf7.decode(encoded.toString())
                .ifPresent(name -> assertThat(ModifiedUtf7.encode(name)).as("seed %d", seed).isEqualTo(encoded.toString()));
        }
    }
}

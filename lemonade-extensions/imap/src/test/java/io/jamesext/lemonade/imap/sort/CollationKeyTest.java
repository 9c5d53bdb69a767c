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

package io.jamesext.lemonade.imap.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.jamesext.converter.HeaderText;

class CollationKeyTest {
    /** RFC 5255 section 4.6, the example: 4 and 2 in their order, then 3 and 1 as octets. */
    @Test
    void undecodedTextsShouldComeLast() {
        String one = word("utf-8", 0xD0, 0xC0, 0xD0, 0xBD, 0xD0, 0xB4, 0xD1, 0x80, 0xD0, 0xB5, 0xD0, 0xB9);
        String two = word("utf-8", 0xD1, 0x81, 0xD0, 0x95, 0xD0, 0xA0, 0xD0, 0x93, 0xD0, 0x95, 0xD0, 0x99);
        String three = word("utf-8", 0xD0, 0x92, 0xD0, 0xB0, 0xD1, 0x81, 0xD0, 0xB8, 0xD0, 0xBB, 0xD0, 0xB8, 0xFF, 0xB9);
        String four = word("koi8-r", 0xE1, 0xCC, 0xC5, 0xCB, 0xD3, 0xC5, 0xCA);
        List<String> sorted = Stream.of(one, two, three, four).map(CollationKeyTest::key).sorted(CollationKey.ORDER).toList();
        assertThat(sorted).containsExactly(key(four), key(two), key(three), key(one));
    }

    /** RFC 5256, SORT and step 5.B.ii of THREAD: nothing is nothing, even of an unknown charset. */
    @Test
    void emptyTextShouldBeEmptyWhateverItsCharset() {
        assertThat(CollationKey.of("", false)).isEmpty();
        assertThat(key("=?x-unknown?q??=")).isEmpty();
    }

    @Test
    void signsBeyondTheFirstPlaneShouldComeBehindIt() {
        assertThat(Stream.of("\uD83D\uDE00", "\uFF5E", "a", "").map(text -> CollationKey.of(text, true)).sorted(CollationKey.ORDER))
            .containsExactly("", "A", "~", "\uD83D\uDE00");
        assertThat(CollationKey.ORDER.compare("\uD83D\uDE00", "\uFFFD")).isPositive();
        assertThat(CollationKey.ORDER.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
    }

    private static String word(String charset, int... octets) {
        StringBuilder word = new StringBuilder("=?" + charset + "?Q?");
        for (int octet : octets) {
            word.append(String.format("=%02X", octet));
        }
        return word + "?=";
    }

    private static String key(String field) {
        return CollationKey.of(HeaderText.of(field));
    }
}

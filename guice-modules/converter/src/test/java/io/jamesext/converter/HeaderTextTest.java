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

package io.jamesext.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2047 and RFC 5255 section 4.6. */
class HeaderTextTest {
    /** The first ones are those of RFC 2047 section 8. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "(=?ISO-8859-1?Q?a?=)|(a)",
        "(=?ISO-8859-1?Q?a?= b)|(a b)",
        "(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)|(ab)",
        "\"(=?ISO-8859-1?Q?a?=  \t=?ISO-8859-1?Q?b?=)\"|(ab)",
        "(=?ISO-8859-1?Q?a_b?=)|(a b)",
        "(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)|(a b)",
        "=?US-ASCII?Q?Keith_Moore?=|Keith Moore",
        "=?ISO-8859-1?Q?Andr=E9?= Pirard|André Pirard",
        "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=|"
            + "If you can read this you understand the example.",
        "=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=|Grüße",
        "=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=|Grüße",
        "=?utf-8?Q??=|\"\"",
        "=?utf-8?Q?a=?=|a=",
        "=?utf-8?Q?a=4?=|a=4",
        "=?utf-8?X?a?=|=?utf-8?X?a?=",
        "=?utf-8?B?%%%%?=|\"\"",
        "=?utf-8?B?A?=|=?utf-8?B?A?=",
        "=?utf-8?Q?a|=?utf-8?Q?a",
        "=?=?utf-8?Q?a?=|=?a",
        "a = b ? c|a = b ? c",
    })
    void wordsShouldBeDecoded(String field, String text) {
        assertThat(HeaderText.of(field)).isEqualTo(new HeaderText(text, true));
    }

    @Test
    void octetsShouldBeUtf8() {
        assertThat(HeaderText.of(octets("Café"))).isEqualTo(new HeaderText("Café", true));
        assertThat(HeaderText.of(octets("Café ") + "=?utf-8?q?=C3=A9?=")).isEqualTo(new HeaderText("Café é", true));
    }

    @Test
    void whatCannotBeConvertedShouldBeOctets() {
        assertThat(HeaderText.of("Caf\u00E9")).isEqualTo(new HeaderText("Caf\u00E9", false));
        assertThat(HeaderText.of("=?utf-8?q?=FF?= b")).isEqualTo(new HeaderText("\u00FF b", false));
        assertThat(HeaderText.of("=?x-none?q?=41?= b")).isEqualTo(new HeaderText("A b", false));
        assertThat(HeaderText.of("=?us-ascii?q?=C3=A9?=")).isEqualTo(new HeaderText("\u00C3\u00A9", false));
        assertThat(HeaderText.of("=?a b?q?x?=")).isEqualTo(new HeaderText("x", false));
    }

    @Test
    void whatCanBeReadShouldBeReadable() {
        assertThat(HeaderText.readable("=?x-none?q?=41=E9?= =?utf-8?q?Gr=C3=BC=C3=9Fe?= b")).isEqualTo("A\u00E9Grüße b");
        assertThat(HeaderText.readable("=?utf-8?q?=FF?= b")).isEqualTo("\uFFFD b");
        assertThat(HeaderText.readable(octets("Café"))).isEqualTo("Café");
        assertThat(HeaderText.readable("a = b")).isEqualTo("a = b");
    }

    @Test
    void hostileFieldsShouldTakeLinearTime() {
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            for (String piece : List.of("=?", "=?x?q?", "=?x?q?a", "?=", "=?x?q?a?=", "=?utf-8?b?", "=?utf-8?q?=FF?= ", "=?=?x?")) {
                HeaderText.of(piece.repeat(1_000_000 / piece.length()));
                HeaderText.readable(piece.repeat(1_000_000 / piece.length()));
            }
        });
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}

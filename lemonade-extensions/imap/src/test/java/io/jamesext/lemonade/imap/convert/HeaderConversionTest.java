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
package io.jamesext.lemonade.imap.convert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.lemonade.imap.convert.TextCharsets.UnencodableException;

/** RFC 5259 section 6: encoded words and parameters in another charset. */
class HeaderConversionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "Subject: =?ISO-8859-1?Q?caf=E9?=|Subject: =?UTF-8?Q?caf=C3=A9?=",
        "Subject: =?iso-8859-1?B?Y2Fm6Q==?=|Subject: =?UTF-8?B?Y2Fmw6k=?=",
        "Subject: =?iso-8859-1*fr?q?caf=e9?= au lait|Subject: =?UTF-8*fr?Q?caf=C3=A9?= au lait",
        "From: =?koi8-r?B?6dfBzg==?= (=?koi8-r?Q?=E9?=) <i@x.ru>|From: =?UTF-8?B?0JjQstCw0L0=?= (=?UTF-8?Q?=D0=98?=) <i@x.ru>",
        "Subject: =?utf-8?Q?a=C3?= =?utf-8?Q?=A9b?=|Subject: =?UTF-8?Q?a=C3=A9b?=",
        "Subject: =?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=|Subject: =?UTF-8?Q?a?= =?UTF-8?Q?=C3=A9?=",
        "Subject: =?x-no?Q?=E9?= =?utf-8?Q?=FF?= =?utf-8?Q?=zz?= =?utf-8?B?!!?= =?utf-8?X?a?=|"
            + "Subject: =?x-no?Q?=E9?= =?utf-8?Q?=FF?= =?utf-8?Q?=zz?= =?utf-8?B?!!?= =?utf-8?X?a?=",
        "Subject: plain =? text?=|Subject: plain =? text?=",
        "Content-Disposition: attachment; filename*=iso-8859-1'en'caf%e9.txt|"
            + "Content-Disposition: attachment; filename*=UTF-8'en'caf%C3%A9.txt",
        "Content-Disposition: attachment; filename*0*=iso-8859-1''a%e9; size=3; filename*1=\"b c\"|"
            + "Content-Disposition: attachment; filename*=UTF-8''a%C3%A9b%20c; size=3",
        "Content-Disposition: attachment; filename*=x-no''%e9; name*0=a; name*1=b|"
            + "Content-Disposition: attachment; filename*=x-no''%e9; name*0=a; name*1=b",
        "Content-Type: text/plain; name=\"a;b*=c\"|Content-Type: text/plain; name=\"a;b*=c\""})
    void fieldsShouldComeInUtf8(String field, String converted) throws Exception {
        assertThat(convert(field + "\r\n\r\n", UTF_8)).isEqualTo(converted + "\r\n\r\n");
    }

    @Test
    void longWordsShouldBeCutBetweenCharacters() throws Exception {
        String text = "\u20ac\ud83d\ude00".repeat(60);
        for (String encoding : new String[] {"B", "Q"}) {
            StringBuilder word = new StringBuilder("Subject: A reply to what was said some time ago: =?utf-8?" + encoding + "?");
            byte[] octets = text.getBytes(UTF_8);
            if (encoding.equals("B")) {
                word.append(Base64.getEncoder().encodeToString(octets));
            } else {
                for (byte octet : octets) {
                    word.append(String.format("=%02X", octet));
                }
            }
            String converted = convert(word + "?=\r\n", UTF_8);
            assertThat(converted.lines()).allMatch(line -> line.length() <= 76);
            assertThat(DecoderUtil.decodeEncodedWords(converted.replace("\r\n", ""), DecodeMonitor.STRICT)).endsWith(text);
        }
    }

    /** No mark before each letter; a charset with escape sequences has them within each word. */
    @Test
    void wordsShouldBeReadInCharsetsWithMarks() throws Exception {
        for (String charset : List.of("utf-16", "x-utf-16le-bom", "iso-2022-jp")) {
            String converted = convert("Subject: =?utf-8?B?44GC44GC44GC?=\r\n", Charset.forName(charset));
            assertThat(DecoderUtil.decodeEncodedWords(converted.strip(), DecodeMonitor.STRICT)).isEqualTo("Subject: \u3042\u3042\u3042");
        }
        assertThat(convert("Subject: =?utf-8?Q?ab?=\r\n", StandardCharsets.UTF_16)).isEqualTo("Subject: =?UTF-16BE?Q?=00a=00b?=\r\n");
    }

    @Test
    void longParametersShouldBeCutAnew() throws Exception {
        String converted = convert("Content-Type: a/b; name*=iso-8859-1''" + "%e9".repeat(100) + "\r\n", UTF_8);
        assertThat(converted.lines()).allMatch(line -> line.length() < 78);
        assertThat(converted.replaceAll(";?\r\n ?(name\\*\\d+\\*=)?", "")).contains("UTF-8''" + "%C3%A9".repeat(100));
    }

    @Test
    void charactersThatAreNotThereShouldFailOrBeReplaced() throws Exception {
        assertThatThrownBy(() -> convert("Subject: =?utf-8?Q?=C3=A9?=\r\n", US_ASCII)).isInstanceOf(UnencodableException.class);
        byte[] header = "Subject: =?utf-8?Q?=C3=A9?=\r\n".getBytes(US_ASCII);
        assertThat(HeaderConversion.convert(header, US_ASCII, Optional.of("?"))).asString(US_ASCII)
            .isEqualTo("Subject: =?US-ASCII?Q?=3F?=\r\n");
    }

    @Test
    @Timeout(20)
    void hostileHeadersShouldTakeNoLongTime() throws Exception {
        for (String many : new String[] {"=?utf-8?Q?a?= x ", "=?utf-8?Q?", "=?", "; a*0*=utf-8''%41", "(", "\"\\", "=?utf-8?B?QQ==?="}) {
            String header = "Content-Type: " + many.repeat((1 << 20) / many.length()) + "\r\n";
            long begin = System.nanoTime();
            assertThat(convert(header, ISO_8859_1)).startsWith("Content-Type: ");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(many).isLessThan(Duration.ofSeconds(10));
        }
        // White space before something else is not the end.
        String spaces = " ".repeat(1 << 20);
        assertThat(convert("Content-Type: a/b; foo*=a''x" + spaces + "y\r\n", UTF_8)).endsWith(spaces + "y\r\n");
        assertThat(convert("Content-Type: a/b;" + spaces + "y" + spaces + "*" + spaces + "z\r\n", UTF_8)).endsWith("z\r\n");
    }

    /** RFC 5259 section 7.1: each octet that the charset has comes and goes back. */
    @ParameterizedTest
    @CsvSource({"iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
        "iso-8859-8-i", "iso-8859-15", "koi8-r", "windows-1252", "shift_jis", "iso-2022-jp", "gb18030", "utf-16", "big5", "euc-kr"})
    void charsetsShouldComeInUtf8AndGoBack(String name) throws Exception {
        Charset charset = TextCharsets.find(name).orElseThrow();
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        String text = name.startsWith("iso-8859") ? new String(octets, Charset.forName(name.replace("-i", ""))) : "Text \u00b1 \u03b1";
        CharsetEncoder encoder = charset.newEncoder();
        String known = text.replace("\ufffd", "").codePoints().mapToObj(Character::toString).filter(encoder::canEncode)
            .collect(Collectors.joining());
        byte[] stored = TextCharsets.encode(known, charset, Optional.empty(), 10_000);
        byte[] utf8 = TextCharsets.encode(TextCharsets.decode(stored, charset), UTF_8, Optional.empty(), 10_000);
        assertThat(utf8).isEqualTo(known.getBytes(UTF_8));
        assertThat(TextCharsets.encode(TextCharsets.decode(utf8, UTF_8), charset, Optional.empty(), 10_000)).isEqualTo(stored);
    }

    @Test
    void replacementsShouldStandForWhatIsNotThere() throws Exception {
        assertThat(TextCharsets.encode("a\u20ac\ud83d\ude00b", US_ASCII, Optional.of("<?>"), 100)).asString(US_ASCII).isEqualTo("a<?><?>b");
        assertThat(TextCharsets.encode("\u20ac".repeat(1000), US_ASCII, Optional.of(""), 100)).isEmpty();
        assertThatThrownBy(() -> TextCharsets.encode("\u20ac".repeat(1000), US_ASCII, Optional.of("0123456789"), 9999))
            .isInstanceOfSatisfying(UnencodableException.class, e -> assertThat(e.tooLarge()).isTrue());
        assertThat(TextCharsets.encode("\u20ac".repeat(1000), US_ASCII, Optional.of("0123456789"), 10_000)).hasSize(10_000);
    }

    /** Seven characters for one: they are not all made to find that they are too many. */
    @Test
    void htmlShouldStopWhereItIsTooLarge() {
        assertThat(ConversionJob.html("\u0435".repeat(1000), US_ASCII, 500)).hasSizeBetween(501, 600);
        assertThat(ConversionJob.html("<\u0435\ud83d\ude00>", US_ASCII, 500)).contains(">&lt;&#1077;&#128512;&gt;<");
    }

    @Test
    void textThatClaimsToBeAsciiShouldBeReadAsWhatItIs() {
        assertThat(TextCharsets.decode("\u20ac".getBytes(UTF_8), US_ASCII)).isEqualTo("\u20ac");
        assertThat(TextCharsets.decode(new byte[] {(byte) 0x80, 'x'}, US_ASCII)).isEqualTo("\u20acx");
        assertThat(Arrays.asList(TextCharsets.find("x-no"), TextCharsets.find("not a name"), TextCharsets.find(""))).containsOnly(
            Optional.empty());
    }

    private static String convert(String header, Charset charset) throws Exception {
        return new String(HeaderConversion.convert(header.getBytes(ISO_8859_1), charset, Optional.empty()), ISO_8859_1);
    }
}

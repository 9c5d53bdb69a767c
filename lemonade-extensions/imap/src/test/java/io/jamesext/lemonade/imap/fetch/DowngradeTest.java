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

package io.jamesext.lemonade.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Header fields in UTF-8 for clients that know of none. RFC 6858 section 2. */
class DowngradeTest {
    private static final String NOBODY = "<invalid@internationalized-address.invalid>";

    @Test
    void addressesShouldBeNobodysUnderTheirNames() {
        assertThat(header("From: \"Fred Foo\" <fred@EXÄMPLE.com>||")).isEqualTo("From: Fred Foo " + NOBODY + "||");
        assertThat(header("Sender: é@b.c||")).isEqualTo("Sender: =?ISO-8859-1?B?6UBiLmM=?=| " + NOBODY + "||");
        assertThat(header("To: 日本 <a@b.c>||")).isEqualTo("To: =?UTF-8?B?5pel5pys?= <a@b.c>||");
    }

    @Test
    void otherAddressesShouldStay() {
        assertThat(header("To: a@b.c, Zoë <\"z o\"@b.c>,|\td@[1.2.3.4], \"x, y\" <e@b.c>||"))
            .isEqualTo("To: a@b.c, =?ISO-8859-1?B?Wm/r?= <\"z o\"@b.c>, d@[1.2.3.4], \"x, y\" <e@b.c>||");
    }

    @Test
    void groupsShouldStayGroups() {
        assertThat(header("Cc: Söhne: a@b.c, é@b.c;, x@y.z||"))
            .isEqualTo("Cc: =?ISO-8859-1?Q?S=F6hne?=: a@b.c, =?ISO-8859-1?B?6UBiLmM=?=| " + NOBODY + ";, x@y.z||");
    }

    @Test
    void subjectsShouldBeEncoded() {
        assertThat(header("A: b|SUBJECT : Grüße|C: d||")).isEqualTo("A: b|SUBJECT: =?ISO-8859-1?B?R3L832U=?=|C: d||");
    }

    @Test
    void parametersShouldBeLeftOut() {
        assertThat(header("Content-Disposition: attachment; filename=é; size=\"a\\\"b\"||"))
            .isEqualTo("Content-Disposition: attachment; size=\"a\\\"b\"||");
        assertThat(header("Content-Type: é/plain||")).isEqualTo("|");
    }

    @Test
    void otherFieldsShouldBeLeftOut() {
        assertThat(header("Message-ID: <é@b>|X-Y: a| é|Z: é| b|A: b||")).isEqualTo("A: b||");
    }

    @Test
    void whatIsNotUtf8ShouldStay() {
        byte[] latin = "Subject: Gr\u00fc\u00dfe\r\nA: \u00e9\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Downgrade.header(latin)).isEqualTo(latin);
        byte[] none = "Gr\u00fc\u00dfe\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Downgrade.header(none)).isEqualTo(none);
        byte[] ascii = "A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(Downgrade.header(ascii)).isSameAs(ascii);
    }

    @Test
    void longLinesShouldBeFolded() {
        assertThat(header("Subject: " + "日本語 ".repeat(100) + "||").split("\\|", -1)).allMatch(line -> line.length() <= 78);
    }

    @Test
    void anyFieldShouldBecomeAsciiAndStayOne() {
        String[] pieces = {"é", "日", "a", "@", ",", ";", ":", "<", ">", "\"", "\\", "(", ")", " ", "\t", "=?utf-8?Q?x?=",
            "[", "]", ".", "="};
        String[] names = {"To", "Subject", "Content-Type", "X"};
        Random random = new Random(1);
        for (int round = 0; round < 5000; round++) {
            StringBuilder field = new StringBuilder(names[random.nextInt(names.length)]).append(": é");
            for (int i = random.nextInt(20); i > 0; i--) {
                field.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(header(field + "||")).as(field.toString()).matches("(([!-9;-~]+:[\t -~]*\\|([ \t][\t -~]*\\|)*)?)\\|");
        }
    }

    /** Bars are line ends. */
    private static String header(String text) {
        byte[] downgraded = Downgrade.header(text.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8));
        return new String(downgraded, StandardCharsets.UTF_8).replace("\r\n", "|");
    }
}

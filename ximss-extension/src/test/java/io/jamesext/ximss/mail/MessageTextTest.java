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
package io.jamesext.ximss.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {
    private static final String MESSAGE = """
        From: =?UTF-8?Q?M=C3=B6bius?= <m@example.org>
        Subject: A long
         subject
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        Preamble
        --b
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Gr=FC=DFe aus   Pa=
        ris
        --b
        Content-Type: text/html
        Content-Transfer-Encoding: base64

        PHA+b25lPC9wPjxwPnR3bzwvcD48Yj5ib2w8L2I+ZCAmdXVtbDsgPHNjcmlwdD5oaWRkZW48L3NjcmlwdD48IS0tbm90ZS0tPg==
        --b
        Content-Type: application/octet-stream; name=secret.bin

        opaque
        --b
        Content-Type: message/rfc822

        Subject: inner
        Content-Type: text/x-special

        nested words
        --b--
        """;

    private static boolean contains(String message, String text, boolean inHeader) throws IOException {
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return MessageText.contains(new ByteArrayInputStream(octets), MessageText.fold(text), inHeader);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grüße", "GRÜẞE AUS PARIS", "üße a", "aus\n\nparis", "one two", "bold", "ü", "inner", "nested", "Sted Wor"})
    void partsShouldBeSearched(String text) throws IOException {
        // Capital sharp s and its small form are one letter.
        assertThat(contains(MESSAGE, text, false)).isTrue();
        assertThat(contains(MESSAGE, text, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"möbius", "M@EXAMPLE", "a long subject"})
    void headerShouldBeSearchedWhereItCounts(String text) throws IOException {
        assertThat(contains(MESSAGE, text, false)).isFalse();
        assertThat(contains(MESSAGE, text, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "secret", "hidden", "note", "onetwo", "Preamble", "uuml", "<b>", "UTF-8", "Subject:"})
    void whatNobodyReadsShouldNotBeFound(String text) throws IOException {
        assertThat(contains(MESSAGE, text, true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a < b and c, a < b and c", "1 <> 2, 1 <> 2", "<p>x<!-- y, x", "<style>p{}</style>z, z", "<script>x, ' '", "a<br/>b, a b",
        "a<A HREF=x>b</A>c, abc", "a<p, a"})
    void htmlShouldBecomeItsText(String html, String text) {
        assertThat(MessageText.fold(HtmlText.of(html)).strip()).isEqualTo(MessageText.fold(text).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!--", "<script>", "<", "</", "<p ", "&", "<style><"})
    void hostileHtmlShouldTakeNoLongerThanOther(String piece) {
        String html = piece.repeat(1_000_000);
        assertTimeout(Duration.ofSeconds(10), () -> HtmlText.of(html));
    }

    @Test
    void brokenMessageShouldBeSearchedUpToThere() throws IOException {
        assertThat(contains("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfound\n--b\nContent-Type: text/plain", "found", false))
            .isTrue();
        assertThat(contains("", "found", true)).isFalse();
    }

    @Test
    void deepMessageShouldBeSearchedAsFarAsItIsRead() throws IOException {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
        }
        assertThat(contains(deep + "\nlost", "found", false)).isFalse();
    }
}

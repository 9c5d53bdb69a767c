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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

import org.apache.james.mime4j.stream.RawField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.smime.Authorities;
import io.jamesext.ximss.smime.SealingKeys;
import io.jamesext.ximss.smime.SecureReading;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;

/** Messages to XML and back, beside what the transcripts of folderRead and messageAppend show. */
class EmailTest {
    private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");

    private static Element read(byte[] message) throws IOException {
        return EmailReader.read(new ByteArrayInputStream(message), message.length, new ReadingOptions("", 1_000_000, ZoneOffset.UTC,
            new SecureReading(Authorities.ofJvm(), Optional.empty(), Instant.now(), new Semaphore(1))));
    }

    private static byte[] compose(Element... content) {
        try (ComposedMessage message = new EmailComposer("host.example").compose(Element.of("EMail", Map.of(), List.of(content)), NOW,
                copyMime -> ByteSource.empty(), SealingKeys.NONE)) {
            return message.octets().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element text(String text) {
        return Element.of("MIME", Map.of("type", "text", "subtype", "plain"), List.of(new Text(text)));
    }

    @Test
    void composedMessageShouldBeWhatTheSpecificationShows() {
        String message = new String(compose(
            Element.of("From", Map.of("realName", "Sender Name"), List.of(new Text("fromName@domain"))),
            Element.text("Subject", "I'll be there!"),
            Element.of("To", Map.of("realName", "Recipient Name"), List.of(new Text("toName@domain"))),
            Element.text("X-Mailer", "SuperClient v7.77"),
            text("Dear Susan,\n\nI will come.\nMary.\n")), StandardCharsets.UTF_8);
        assertThat(message).matches("From: Sender Name <fromName@domain>\r\nSubject: I'll be there!\r\n"
            + "To: Recipient Name <toName@domain>\r\n"
            + "X-Mailer: SuperClient v7.77\r\nDate: Thu, 29 Feb 2024 12:00:00 \\+0000\r\nMessage-ID: <ximss-[0-9a-f-]+@host.example>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
            + "Dear Susan,\r\n\r\nI will come.\r\nMary.\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain\n", "no end", "Grüße 草稿 \ud83d\ude00\n", "\n\n.\n..\nFrom here\n", " lead\ntrail \n", "tab\there\n"})
    void textShouldComeBackAsItWas(String text) throws IOException {
        Element mime = read(compose(text(text))).elements("MIME").findFirst().orElseThrow();
        assertThat(mime.text()).isEqualTo(text);
    }

    @Test
    void longLinesShouldComeBackAsTheyWere() throws IOException {
        String text = "ü".repeat(3_000) + "\nx";
        byte[] message = compose(text(text));
        assertThat(new String(message, StandardCharsets.UTF_8).lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(998);
        assertThat(read(message).elements("MIME").findFirst().orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void longSubjectsAndNamesShouldComeBackAsTheyWere() throws IOException {
        String subject = "Ünïcode wörds ".repeat(40).strip();
        Element email = read(compose(Element.text("Subject", subject), Element.of("To", Map.of("realName", "Ä. \"B\" (C), D; <E@f>"),
            List.of(new Text("a.b+c@example.org")))));
        assertThat(email.elements("Subject").findFirst().orElseThrow().text()).isEqualTo(subject);
        Element to = email.elements("To").findFirst().orElseThrow();
        assertThat(to.text()).isEqualTo("a.b+c@example.org");
        assertThat(to.attribute("realName")).contains("Ä. \"B\" (C), D; <E@f>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b\nBcc: c@d", "a b@c", "<a@b>", "@b", "a@", "a,b@c", "a@b>, <c@d"})
    void oddAddressesShouldBeRefused(String address) {
        assertThatThrownBy(() -> compose(Element.text("To", address))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void flowedTextShouldBreakBehindSpaces() {
        assertThat(FlowedText.encode("This is a very long long long long long long long long long long superlong long long long long long "
                + "long line, followed with a shorter line:\nThis is a shorter line.\n>quote\nFrom x\n space "))
            .isEqualTo("This is a very long long long long long long long long long long superlong \nlong long long long long "
                + "long line, followed with a shorter line:\nThis is a shorter line.\n >quote\n From x\n  space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?a?b?", "=?utf-8?Q?x", "=?", "a@b, ", "=?utf-8?Q?x?= ", "(", "<", "=?utf-8?Q?x?= <a@b>, "})
    void hostileHeadersShouldCostLittle(String unit) {
        RawField field = new RawField("To", unit.repeat(1_500));
        assertTimeout(Duration.ofSeconds(20), () -> {
            FieldText.text(field);
            FieldText.addresses(field);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"=?utf-8?Q?=C3=BC?=|ü", "a =?utf-8?Q?b?= =?utf-8?Q?c?= d|a bc d", "=?utf-8?B?w7w=?=x|üx",
        "=?broken|=?broken", "=?x?y?z?=|=?x?y?z?=", "=?a?Q?=?utf-8?Q?x?=|=?a?Q?x"})
    void encodedWordsShouldBeDecodedAndTheRestLeft(String encoded, String decoded) {
        assertThat(EncodedWords.decode(encoded)).isEqualTo(decoded);
    }

    @Test
    void deepNestingShouldBeRefused() {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b").append(i).append("\r\n");
        }
        assertThatThrownBy(() -> read(message.toString().getBytes(StandardCharsets.US_ASCII))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noMessageShouldBeUnreadable(long seed) throws IOException {
        Random random = new Random(seed);
        String[] pieces = {"From: ", "a@b", "\r\n", "\r\n\r\n", "\n", ";", "Content-Type: multipart/mixed; boundary=x", "--x", "--x--",
            "=?", "?=", "utf-8", "?Q?=ZZ", "?B?!!", "\"", "(", ")", "<", ">", ",", ":", "Date: ", "Tue, 99 Foo",
            "Content-Type: text/plain; charset=",
            "\0", "\u00e9", "Content-Transfer-Encoding: base64", "quoted-printable", "=", "message/rfc822", "Content-Disposition: ",
            "filename*0*=utf-8''%ZZ", "x", " ", "\t", "To: ", "Subject: ", "Message-ID: "};
        for (int i = 0; i < 2_000; i++) {
            StringBuilder message = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                message.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = message.toString().getBytes(StandardCharsets.ISO_8859_1);
            try {
                assertThat(read(bytes).name()).isEqualTo("EMail");
            } catch (RuntimeException | IOException e) {
                throw new AssertionError("seed " + seed + ": " + message, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.c,", "a@b.c (,", "(", "\"", "<", "a <", "=?utf-8?q?a?= ", "a:;", "((a)", "\\"})
    void longHeadersShouldTakeNoMoreThanTheirLengthInTime(String piece) {
        byte[] message = ("To: " + piece.repeat(600_000 / piece.length()) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(message));
    }

    @ParameterizedTest
    @CsvSource({"Hello, Re: Hello", "re: RE:Re:  Hello, Re: Hello", "'', 'Re: '", "Re:, 'Re: '", "Regards, Re: Regards"})
    void replyShouldSayReOnce(String subject, String expected) {
        Element email = Element.of("EMail", Map.of(), List.of(Element.text("From", "a@example.net"), Element.text("Subject", subject)));
        assertThat(Reply.to(email, true, List.of(), "me@example.net").elements("Subject").findFirst().orElseThrow().text())
            .isEqualTo(expected);
    }

    @Test
    void replyToAllShouldGoToEachOnceAndNotToTheUser() {
        Element email = Element.of("EMail", Map.of(), List.of(Element.text("From", "a@example.net"), Element.text("To", "me@example.net"),
            Element.text("To", "b@example.net"), Element.text("Cc", "B@example.net"), Element.text("Cc", "A@example.net"),
            Element.text("To", "undisclosed-recipients:;")));
        Element reply = Reply.to(email, true, List.of("me@example.net"), "me@example.net");
        assertThat(reply.elements("To").map(Element::text)).containsExactly("a@example.net");
        assertThat(reply.elements("Cc").map(Element::text)).containsExactly("b@example.net");
    }
}

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
package io.jamesext.groupware.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.groupware.item.ItemMessage;

class ContactItemTest {
    private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");

    private static String message(Card.Kind kind, CardProperty... properties) {
        return new String(ContactItem.of(Card.of(kind, Card.Version.V3, List.of(properties)), "alice@example.org").octets(NOW),
            StandardCharsets.UTF_8);
    }

    @Test
    void contactShouldBeAMessage() {
        assertThat(message(Card.Kind.CONTACT, CardProperty.text("FN", "Jörg Doe"), CardProperty.text("N", "Doe", "Jörg", "", "", ""),
                CardProperty.of("EMAIL", List.of("INTERNET", "work"), Map.of(), List.of("j@example.org")),
                CardProperty.text("EMAIL", "no address"), CardProperty.text("EMAIL", "a@b>, <c@d"), CardProperty.text("UID", "u1")))
            .isEqualTo("From: alice@example.org\r\nSubject: =?ISO-8859-1?Q?J=F6rg_Doe?=\r\nTo: work <j@example.org>\r\n"
                + "Date: Thu, 29 Feb 2024 12:00:00 +0000\r\nMessage-ID: <u1@item>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/x-vcard; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBEGIN:VCARD\r\nVERSION:3.0\r\n"
                + "FN:Jörg Doe\r\nN:Doe;Jörg;;;\r\nEMAIL;TYPE=INTERNET,work:j@example.org\r\nEMAIL:no address\r\nEMAIL:a@b>\\, <c@d\r\n"
                + "UID:u1\r\nEND:VCARD\r\n");
    }

    @Test
    void groupShouldSaySo() {
        assertThat(message(Card.Kind.GROUP, CardProperty.text("FN", "Us"), CardProperty.text("MEMBER", "a@b"),
                CardProperty.text("UID", "u2")))
            .contains("\r\nSubject: Us\r\nTo: GROUP\r\n")
            .contains("\r\nContent-Type: text/x-vgroup; charset=utf-8\r\n")
            .endsWith("\r\n\r\nBEGIN:VGROUP\r\nVERSION:3.0\r\nFN:Us\r\nMEMBER:a@b\r\nUID:u2\r\nEND:VGROUP\r\n");
    }

    @Test
    void lineThatCannotBeFoldedShouldBeEncoded() throws IOException {
        String note = "ü" + " ".repeat(2_000) + "=\n.";
        String message = message(Card.Kind.CONTACT, CardProperty.text("FN", "x"), CardProperty.text("NOTE", note));
        assertThat(message).contains("\r\nContent-Transfer-Encoding: quoted-printable\r\n");
        assertThat(message.lines()).allMatch(line -> line.length() < 200);
        String body = message.substring(message.indexOf("\r\n\r\n") + 4);
        String decoded = new String(new QuotedPrintableInputStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)))
            .readAllBytes(), StandardCharsets.UTF_8);
        assertThat(new CardReader().read(decoded).get(0).all("NOTE").map(CardProperty::texts)).containsExactly(List.of(note));
    }

    @Test
    void headerShouldBeShortAndHoldNoLineEnds() {
        String header = message(Card.Kind.CONTACT, CardProperty.text("FN", "one\nBcc: eve@example.org " + "x".repeat(5_000)),
            CardProperty.text("UID", "a\nb")).replaceAll("(?s)\r\n\r\n.*", "");
        assertThat(header.lines()).noneMatch(line -> line.startsWith("Bcc"));
        assertThat(header).hasSizeLessThan(1_000).contains("Message-ID: <a%20b@item>");
    }

    @ParameterizedTest
    @CsvSource({"u1, <u1@item>", "a.b@example.org, <a.b@example.org>", "urn:uuid:1-2, <urn%3Auuid%3A1-2@item>",
        "a..b@c, <a%2E%2Eb%40c@item>", "ü, <%C3%BC@item>", "'<a@b>', <%3Ca%40b%3E@item>"})
    void identifierShouldBeTheMessageId(String uid, String messageId) {
        assertThat(ItemMessage.messageId(uid)).isEqualTo(messageId);
    }

    @Test
    void longIdentifierShouldBecomeAShortOne() {
        assertThat(ItemMessage.messageId("x".repeat(201))).matches("<[0-9a-f]{64}@item>")
            .isNotEqualTo(ItemMessage.messageId("x".repeat(202)));
    }
}

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
package io.jamesext.agap.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class MessageTest {
    private static List<String> lines(byte[] message) throws Exception {
        List<String> lines = Message.read(() -> new ByteArrayInputStream(message)).xml().collectList().block();
        assertThat(lines).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 1021));
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r"));
        return lines;
    }

    private static Element xml(byte[] message) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(String.join("\n", lines(message))))).getDocumentElement();
    }

    private static byte[] bytes(String message) {
        return message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String leaf(Element message, String tag) {
        Node leaf = message.getElementsByTagName(tag).item(0);
        return ((Element) leaf).getAttribute("ENCODED").equals("base64")
            ? new String(Base64.getMimeDecoder().decode(leaf.getTextContent()), StandardCharsets.UTF_8)
            : leaf.getTextContent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one line", "two\nlines", "\n", "\n\nleading", "trailing\n\n\n", "a\n\n\n\nb", "<&>&#10;&amp;", "]]>",
        "  blanks  ", "\ttab", "form\u000cfeed", "\u0000", "emoji 😀 ümlaut", "&#10;"})
    void aTextShouldComeBackExactly(String text) throws Exception {
        assertThat(leaf(xml(bytes("Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" + text)), "TEXT").replace("\r\n", "\n"))
            .isEqualTo(text);
    }

    @Test
    void anyTextShouldComeBackExactly() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4000); i > 0; i--) {
                text.appendCodePoint(random.nextInt(10) == 0 ? '\n' : " <&>aä€😀".codePointAt(random.nextInt(7)));
            }
            String whole = text.toString().replaceAll("[\\uD800-\\uDFFF]", "x");
            assertThat(leaf(xml(bytes("Content-Type: text/plain; charset=utf-8\n\n" + whole)), "TEXT").replace("\r\n", "\n"))
                .as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void aLongTextShouldComeBackInBase64WhateverItsCharset() throws Exception {
        String text = "überlang ".repeat(60_000);
        byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] header = bytes("Content-Type: text/plain; charset=iso-8859-1\n\n");
        byte[] message = new byte[header.length + body.length];
        System.arraycopy(header, 0, message, 0, header.length);
        System.arraycopy(body, 0, message, header.length, body.length);

        assertThat(leaf(xml(message), "TEXT")).isEqualTo(text);
    }

    @Test
    void aLineThatIsTooLongShouldMakeItBase64() throws Exception {
        String text = "x".repeat(2000) + "\nshort";
        Element message = xml(bytes("Subject: x\n\n" + text));

        assertThat(((Element) message.getElementsByTagName("TEXT").item(0)).getAttribute("ENCODED")).isEqualTo("base64");
        assertThat(leaf(message, "TEXT").replace("\r\n", "\n")).isEqualTo(text);
    }

    @Test
    void deeplyNestedMultipartsShouldBeReadable() throws Exception {
        StringBuilder message = new StringBuilder("Subject: deep\n");
        for (int level = 0; level < 5_000; level++) {
            message.append("Content-Type: multipart/mixed; boundary=b").append(level).append("\n\n--b").append(level).append('\n');
        }
        message.append("\nthe innermost\n");

        assertThat(lines(bytes(message.toString()))).contains("<MESSAGE>", "</MESSAGE>");
    }

    @Test
    void headersShouldFitAndComeBack() throws Exception {
        String words = "word ".repeat(500).strip();
        Element message = xml(bytes("Subject: " + words + "\nX-Long: " + "y".repeat(3000) + "\nX_odd&name: v\n8bit$: w\n_x-trick: z\n"
            + "n".repeat(300) + ": left out\n\nbody"));

        assertThat(leaf(message, "Subject").replace("\n", "")).isEqualTo(words);
        assertThat(leaf(message, "X-Long")).isEqualTo("y".repeat(3000));
        assertThat(leaf(message, "X_odd_x0026_name")).isEqualTo("v");
        assertThat(leaf(message, "_x0038_bit_x0024_")).isEqualTo("w");
        assertThat(leaf(message, "_x005F_x-trick")).isEqualTo("z");
    }

    @Test
    void octetsOfOldMailShouldBeReadAsLatin1() throws Exception {
        byte[] message = "Subject: gr\u00fcn\r\n\r\nbl\u00e4ulich".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(leaf(xml(message), "Subject")).isEqualTo("grün");
        assertThat(leaf(xml(message), "TEXT")).isEqualTo("bläulich");
    }

    @Test
    void attachmentsShouldBeNumberedInTheirOrder() throws Exception {
        Element message = xml(bytes("""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            AAEC
            --b
            Content-Type: text/plain

            the text
            --b
            Content-Type: message/rfc822

            Subject: inner

            inner text
            --b
            Content-Type: text/plain

            a footer
            --b--
            """));

        assertThat(leaf(message, "TEXT")).isEqualTo("the text");
        assertThat(((Element) message.getElementsByTagName("ATTACHMENT-1").item(0)).getElementsByTagName("BODY").item(0).getTextContent())
            .isEqualTo("\nAAEC\n");
        assertThat(leaf((Element) message.getElementsByTagName("ATTACHMENT-2").item(0), "BODY")).startsWith("Subject: inner");
        assertThat(leaf((Element) message.getElementsByTagName("ATTACHMENT-3").item(0), "BODY")).isEqualTo("a footer");
        assertThat(message.getElementsByTagName("ATTACHMENT-4").getLength()).isZero();
    }

    private static List<String> values(byte[] message, String path) throws Exception {
        return Message.read(() -> new ByteArrayInputStream(message)).values(path);
    }

    @Test
    void fieldsShouldHaveTheirValues() throws Exception {
        byte[] message = bytes("""
            Received: one
            Received: two,
             three; four
            Subject: =?utf-8?Q?A_b?=
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            gr=FCn
            two
            --b
            Content-Type: text/html

            <b>
            --b
            Content-Type: text/csv
            Content-Transfer-Encoding: base64

            YSxi
            --b
            Content-Type: image/png
            X-Part: 2

            AAEC
            --b--
            """);

        assertThat(values(message, "/MESSAGE/HEADER/received")).containsExactly("one", "two, three; four");
        assertThat(values(message, "header/RECEIVED[2]")).containsExactly("three; four");
        assertThat(values(message, "header/received{2}")).containsExactly("four");
        assertThat(values(message, "header/subject")).containsExactly("=?utf-8?Q?A_b?=");
        assertThat(values(message, "/MESSAGE/TEXT")).containsExactly("grün\ntwo");
        assertThat(values(message, "message/body/html")).containsExactly("<b>");
        assertThat(values(message, "body")).containsExactly("grün\ntwo", "<b>");
        assertThat(values(message, "/MESSAGE/ATTACHMENT-1/BODY")).containsExactly("a,b");
        assertThat(values(message, "/MESSAGE/BODY/ATTACHMENT-2/HEADER/x-part")).containsExactly("2");
        // Section 4.3.1: only text is searched.
        assertThat(values(message, "/MESSAGE/ATTACHMENT-2/BODY")).isEmpty();
        for (String path : new String[] {"header/none", "attachment-0/body", "attachment-3/body", "attachment-3/header/x-part",
            "/VCARD/FN", "", "/"}) {
            assertThat(values(message, path)).isEmpty();
        }
    }

    @Test
    void onlyTheBeginningOfALongTextShouldBeItsValue() throws Exception {
        byte[] message = bytes("Content-Type: text/plain; charset=utf-8\n\n" + "ü".repeat(300_000));

        assertThat(values(message, "TEXT")).singleElement().satisfies(text -> assertThat(text).hasSize(128 * 1024).matches("ü+"));
    }

    @Test
    void brokenMessagesShouldStillBeXml() throws Exception {
        for (String broken : new String[] {"", "\n", "no header at all", "Subject x\n\nbody",
            "Content-Type: multipart/mixed\n\nno boundary",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Type: text/plain; charset=nonsense\n\nx",
            "Content-Transfer-Encoding: base64\n\n%%%", "Content-Type: ;;;\n\nx", ": empty name\n\nx"}) {
            assertThat(xml(bytes(broken)).getTagName()).isEqualTo("MESSAGE");
        }
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] garbage = new byte[random.nextInt(3000)];
            random.nextBytes(garbage);
            String head = random.nextBoolean() ? "Content-Type: multipart/mixed; boundary=b\n\n--b\n" : "Subject: x\n\n";
            byte[] message = (head + new String(garbage, Charset.forName("ISO-8859-1"))).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(xml(message).getTagName()).as("seed %d", seed).isEqualTo("MESSAGE");
        }
    }

    @Test
    void manyAttachmentsShouldNotCostTheirSquare() throws Exception {
        StringBuilder message = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 5_000; i++) {
            message.append("--b\nContent-Type: application/x\n\n").append(i).append('\n');
        }
        assertThat(lines(bytes(message + "--b--\n"))).contains("<ATTACHMENT-5000>");
    }
}

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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.jamesext.urlauth.MimePart;
import io.jamesext.urlauth.MimeParts;

/** BODYSTRUCTURE of messages as they come, checked by hand against RFC 3501 section 7.4.2. A bar is the end of a line. */
class StructureTest {
    private static final String PLAIN = "\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\"";
    private static final String NONE = " NIL NIL NIL NIL";
    private static final String MIXED = " \"MIXED\" (\"BOUNDARY\" \"b\") NIL NIL NIL)";

    static Stream<Arguments> singles() {
        return Stream.of(
            Arguments.of("no header at all", "|hello|", "(" + PLAIN + " 7 1" + NONE + ")"),
            Arguments.of("nothing at all", "", "(" + PLAIN + " 0 0" + NONE + ")"),
            Arguments.of("header only, without an empty line", "Subject: a|", "(" + PLAIN + " 0 0" + NONE + ")"),
            Arguments.of("last line without end", "A: b||one|two", "(" + PLAIN + " 8 2" + NONE + ")"),
            Arguments.of("parameters of all kinds",
                "Content-Type: Text/HTML (comment); charset = \"utf-8\" ; Name=\"a \\\"b\\\"; c\";; x*0*=us'en'a; broken; y=z (c)|"
                    + "Content-Transfer-Encoding: Quoted-Printable (really)|Content-ID: <a@b>|Content-Description: what| it is|"
                    + "Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==|Content-Disposition: attachment; filename=\"a b.html\"|"
                    + "Content-Language: en, de|Content-Location: http://a/|  b||x",
                "(\"TEXT\" \"HTML\" (\"CHARSET\" \"utf-8\" \"NAME\" \"a \\\"b\\\"; c\" \"X*0*\" \"us'en'a\" \"Y\" \"z\") \"<a@b>\""
                    + " \"what it is\" \"QUOTED-PRINTABLE\" 1 1 \"Q2hlY2sgSW50ZWdyaXR5IQ==\" (\"attachment\" (\"FILENAME\" \"a b.html\"))"
                    + " (\"en\" \"de\") \"http://a/b\")"),
            Arguments.of("not a text", "Content-Type: image/png|Content-Disposition: inline|Content-Language: en||abc",
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 3 NIL (\"inline\" NIL) \"en\" NIL)"),
            Arguments.of("binary is never told", "Content-Type: image/png|Content-Transfer-Encoding: BINARY||abc",
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"8BIT\" 3" + NONE + ")"),
            Arguments.of("a type that is none", "Content-Type: text||abc", "(" + PLAIN + " 3 1" + NONE + ")"),
            Arguments.of("an empty type", "Content-Type:||abc", "(" + PLAIN + " 3 1" + NONE + ")"),
            Arguments.of("a type of eight bits", "Content-Type: te\u00e9t/plain||abc", "(" + PLAIN + " 3 1" + NONE + ")"),
            Arguments.of("a name of eight bits", "Content-Type: a/b; name=\u00e9||abc",
                "(\"A\" \"B\" (\"NAME\" {1}|\u00e9) NIL NIL \"7BIT\" 3" + NONE + ")"),
            Arguments.of("an encoding that nobody knows", "Content-Type: a/b|Content-Transfer-Encoding: x-foo||abc",
                "(\"A\" \"B\" NIL NIL NIL \"X-FOO\" 3" + NONE + ")"));
    }

    static Stream<Arguments> multiparts() {
        return Stream.of(
            Arguments.of("plain", "Content-Type: multipart/Mixed; boundary=b||pre|--b||one|--b |Content-Type: text/plain||two||--b--|post|",
                "((" + PLAIN + " 3 1" + NONE + ")(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1" + NONE + ")" + MIXED),
            Arguments.of("not closed", "Content-Type: multipart/mixed; boundary=b||--b||one|", "((" + PLAIN + " 5 1" + NONE + ")" + MIXED),
            Arguments.of("without parts", "Content-Type: multipart/mixed; boundary=b||none|", "((" + PLAIN + " 0 0" + NONE + ")" + MIXED),
            Arguments.of("without an end of its header", "Content-Type: multipart/mixed; boundary=b|",
                "((" + PLAIN + " 0 0" + NONE + ")" + MIXED),
            Arguments.of("without a boundary", "Content-Type: multipart/mixed||--b||one|", "(" + PLAIN + " 12 3" + NONE + ")"),
            Arguments.of("empty parts", "Content-Type: multipart/mixed; boundary=b||--b|--b||--b|A: b|--b--",
                "((" + PLAIN + " 0 0" + NONE + ")(" + PLAIN + " 0 0" + NONE + ")(" + PLAIN + " 0 0" + NONE + ")" + MIXED),
            Arguments.of("a boundary that begins with the outer one", "Content-Type: multipart/mixed; boundary=b||--b|"
                + "Content-Type: multipart/alternative; boundary=b1||--b1||one|--b1--|--b||two|--b--|",
                "(((" + PLAIN + " 3 1" + NONE + ") \"ALTERNATIVE\" (\"BOUNDARY\" \"b1\") NIL NIL NIL)(" + PLAIN + " 3 1" + NONE + ")"
                    + MIXED),
            Arguments.of("an inner one ended by the outer one", "Content-Type: multipart/mixed; boundary=b||--b|"
                + "Content-Type: multipart/parallel; boundary=c||--c||one|--b||two|--b--",
                "(((" + PLAIN + " 3 1" + NONE + ") \"PARALLEL\" (\"BOUNDARY\" \"c\") NIL NIL NIL)(" + PLAIN + " 3 1" + NONE + ")" + MIXED),
            Arguments.of("a part behind the end", "Content-Type: multipart/mixed; boundary=b||--b||one|--b--|--b||two|",
                "((" + PLAIN + " 3 1" + NONE + ")" + MIXED),
            Arguments.of("a quoted boundary with spaces", "Content-Type: multipart/mixed; boundary=\"a b\"||--a b||one|--a b--",
                "((" + PLAIN + " 3 1" + NONE + ") \"MIXED\" (\"BOUNDARY\" \"a b\") NIL NIL NIL)"),
            Arguments.of("a line that is nearly a delimiter", "Content-Type: multipart/mixed; boundary=b||--b||one|-b|--|x--b|--b--",
                "((" + PLAIN + " 17 4" + NONE + ")" + MIXED));
    }

    static Stream<Arguments> messages() {
        return Stream.of(
            Arguments.of("a message", "Content-Type: message/rfc822||Subject: in|From: a@b||x|y|",
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 32 (NIL \"in\" ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\"))"
                    + " ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL) (" + PLAIN + " 6 2" + NONE + ") 5" + NONE + ")"),
            Arguments.of("an empty message", "Content-Type: message/rfc822||",
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 0 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (" + PLAIN + " 0 0" + NONE
                    + ") 0" + NONE + ")"),
            Arguments.of("a digest", "Content-Type: multipart/digest; boundary=b||--b||Subject: inner||text|--b|"
                + "Content-Type: text/plain||x|--b--",
                "((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 22 (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) (" + PLAIN + " 4 1"
                    + NONE + ") 3" + NONE + ")(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1" + NONE
                    + ") \"DIGEST\" (\"BOUNDARY\" \"b\") NIL NIL NIL)"),
            Arguments.of("a part of a message that is a part", "Content-Type: multipart/mixed; boundary=b||--b|"
                + "Content-Type: message/rfc822||Content-Type: multipart/mixed; boundary=c||--c||one|--c--|--b--",
                "((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 62 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ((" + PLAIN + " 3 1" + NONE
                    + ") \"MIXED\" (\"BOUNDARY\" \"c\") NIL NIL NIL) 6" + NONE + ")" + MIXED),
            Arguments.of("not an Internet message", "Content-Type: message/delivery-status||A: b|",
                "(\"MESSAGE\" \"DELIVERY-STATUS\" NIL NIL NIL \"7BIT\" 6" + NONE + ")"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"singles", "multiparts", "messages"})
    void structureShouldBeThatOfRfc3501(String name, String message, String expected) throws Exception {
        assertThat(structure(message, true)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"singles", "multiparts", "messages"})
    void bareLineFeedsShouldMakeTheSameTree(String name, String message, String expected) throws Exception {
        assertThat(octetsAside(write(message.replace('|', '\n'), true))).isEqualTo(octetsAside(write(message.replace("|", "\r\n"), true)));
    }

    @Test
    void bodyShouldHaveNoExtensionData() throws Exception {
        assertThat(structure("Content-Type: multipart/mixed; boundary=b|Content-Language: en||--b|Content-MD5: x||one|--b--", false))
            .isEqualTo("((" + PLAIN + " 3 1) \"MIXED\")");
    }

    @Test
    void deepNestingShouldEndSomewhere() throws Exception {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=").append(i).append("e||--").append(i).append("e|");
        }
        assertThat(structure(message.toString(), true)).contains("\"98e\"").doesNotContain("\"101e\"");
        assertThat(structure("Content-Type: message/rfc822||".repeat(5000), true)).startsWith("(\"MESSAGE\" \"RFC822\"");
    }

    @Test
    void partsWithoutNumberShouldEndSomewhere() throws Exception {
        String structure = structure("Content-Type: multipart/mixed; boundary=b||" + "--b||x|".repeat(20_000) + "--b--|", true);
        assertThat(structure.split("\"TEXT\"", -1)).hasSizeBetween(4000, 5001);
    }

    @Test
    void longLinesShouldBeCountedOnce() throws Exception {
        String line = "--" + "x".repeat(200_000);
        assertThat(structure("Content-Type: multipart/mixed; boundary=b||--b||" + line + "|--b--", true))
            .isEqualTo("((" + PLAIN + " 200002 1" + NONE + ")" + MIXED);
    }

    private static String octetsAside(String structure) {
        return structure.replaceAll(" \\d+ (\\d+ )?", " ");
    }

    private static String structure(String message, boolean extended) throws IOException {
        return write(message.replace("|", "\r\n"), extended).replace("\r\n", "|");
    }

    private static String write(String message, boolean extended) throws IOException {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        MimePart part = new MimeParts().of(InMemoryMessageId.of(1), () -> new ByteArrayInputStream(octets));
        AnswerBuffer buffer = new AnswerBuffer(false);
        BodyStructure.write(part, extended ? BodyStructure.Form.BODYSTRUCTURE : BodyStructure.Form.BODY, buffer);
        return new String(buffer.take(), StandardCharsets.ISO_8859_1);
    }
}

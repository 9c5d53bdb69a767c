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
package io.jamesext.dmap.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

/** PROTOCOL.md section 7.5: nothing of a message is lost. */
class ArrivedMailTest {
    private static final String HEADER = "Date: d\nTo: t\nFrom: f\nSubject: s\n";
    private static final String COMMON = "33 Date: d\r\nTo: t\r\nFrom: f\r\nSubject: s\r\n";

    /** Each content's kind and data. */
    private static List<String> contents(String message) throws Exception {
        byte[] octets = message.replace("\n", "\r\n").getBytes(ISO_8859_1);
        return ArrivedMail.read(() -> new ByteArrayInputStream(octets), Instant.EPOCH).contents("Return-Path: <x@y>\r\n").stream()
            .map(content -> content.kind().number() + " " + new String(content.data(), ISO_8859_1))
            .toList();
    }

    private static String whole(String message) {
        return "131 Content-Type: message/rfc822\r\nContent-Transfer-Encoding: binary\r\n\r\n" + message.replace("\n", "\r\n");
    }

    @Test
    void partsShouldBeDecodedInTheirOrder() throws Exception {
        assertThat(contents(HEADER + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n"
            + "Content-Transfer-Encoding: quoted-printable\n\nM=C3=BCnchen=\n! \n--b\nContent-Type: image/png\n"
            + "Content-Transfer-Encoding: base64\n\nAAEC\nAwQF\n--b\nContent-Type: text/plain\n\nlast\n--b--\n")).containsExactly(
                COMMON,
                "34 Return-Path: <x@y>\r\nContent-Type: multipart/mixed; boundary=b\r\n",
                "67 Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\nM\u00c3\u00bcnchen!",
                "131 Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\1\2\3\4\5",
                "67 Content-Type: text/plain\r\n\r\nlast");
    }

    @Test
    void aMessageWithoutTextShouldHaveAnEmptyOne() throws Exception {
        assertThat(contents(HEADER + "Content-Type: image/png\n\nx\n")).endsWith("67 Content-Type: text/plain; charset=us-ascii\r\n\r\n");
    }

    @Test
    void returnPathsOfOthersShouldGo() throws Exception {
        assertThat(contents("Return-Path: <a@b>\n c\nX: 1\nreturn-path: <c@d>\nReturn-Paths: 2\n" + HEADER + "\nx\n").get(1))
            .isEqualTo("34 Return-Path: <x@y>\r\nX: 1\r\nReturn-Paths: 2\r\n");
    }

    @Test
    void furtherCommonFieldsShouldBeWithTheOthers() throws Exception {
        assertThat(contents(HEADER + "To: second\nX: 1\n\nx\n").get(1)).isEqualTo("34 Return-Path: <x@y>\r\nTo: second\r\nX: 1\r\n");
    }

    @Test
    void whatIsSignedTogetherShouldStayTogetherToo() throws Exception {
        String message = HEADER + "Content-Type: multipart/signed; boundary=b\n\n--b\n\ntext\n--b\n"
            + "Content-Type: application/pgp-signature\n\nx\n--b--\n";
        assertThat(contents(message)).contains("67 \r\ntext").contains(whole(message));
    }

    @Test
    void aMultipartWithoutPartsShouldStayWhole() throws Exception {
        String message = HEADER + "Content-Type: multipart/mixed; boundary=b\n\nsomething else\n";
        assertThat(contents(message)).contains(whole(message));
    }

    @Test
    void whatTheDecoderWouldLeaveOutShouldNotBeLost() throws Exception {
        String message = HEADER + "Content-Transfer-Encoding: base64\n\nAA#!EC\n";
        assertThat(contents(message)).contains(whole(message));
    }

    @Test
    void linesThatAreNoFieldsShouldNotBeLost() throws Exception {
        String message = HEADER + "this is no field\n\nx\n";
        assertThat(String.join("", contents(message))).contains("this is no field");
    }

    @Test
    void aHeaderOfVeryManyFieldsShouldNotBeLost() throws Exception {
        String message = HEADER + "a:\n".repeat(20_000) + "\nx\n";
        assertThat(contents(message)).contains("67 \r\nx\r\n").contains(whole(message));
    }
}

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

package io.jamesext.lemonade.imap.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tables, "|" is a line end, "0" behind a backslash a NUL, and the words in capitals are what {@link #content} makes of them. */
class BinaryPartsTest {
    private static final long SEED = 20_261_121L;

    @ParameterizedTest
    @ValueSource(strings = {"", "|", "A: b||c", "Content-Transfer-Encoding: 8bit||\u00e4", "Subject: binary||binary",
        "Content-Transfer-Encoding: base64||YWJj", "Content-Type: multipart/mixed; boundary=b||binary|--b||x|--b--|"})
    void messageWithoutBinaryPartsShouldStayAsItIs(String message) throws Exception {
        Content content = content(message);
        assertThat(BinaryParts.encoded(content)).satisfiesAnyOf(
            same -> assertThat(same).isSameAs(content),
            same -> assertThat(octets(same)).isEqualTo(octets(content)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        // A NUL without an encoding, with 7bit and 8bit; the field in any case, folded, and twice.
        "MV: 1.0||a\\0b ~ CTE: b64|MV: 1.0||YQBi",
        "A: b||a\\0b ~ MV: 1.0|CTE: b64|A: b||YQBi",
        "MV: 1|CTE: 8bit|A: b||a\\0b ~ MV: 1|CTE: b64|A: b||YQBi",
        "MV: 1|cte:| BINARY|A: b||abc ~ MV: 1|CTE: b64|A: b||YWJj",
        "MV: 1|CTE: binary|CTE: 7bit||abc ~ MV: 1|CTE: b64||YWJj",
        "|a\\0b ~ MV: 1.0|CTE: b64||YQBi",
        "MV: 1|CTE: binary|| ~ MV: 1|CTE: b64||",
        // Of a multipart only what must change does; the line end before a delimiter is the delimiter's.
        "MIX b||p|--b||x|--b|A: b||\\0||--b--|e ~ MIX b||p|--b||x|--b|CTE: b64|A: b||AA0K|--b--|e",
        "MIX \"b c\"|CTE: binary||--b c  ||\\0|--b c-- |e ~ MIX \"b c\"|CTE: 8bit||--b c  |CTE: b64||AA==|--b c-- |e",
        "MIX b||--b|CTE: binary||--bc|--b-- ~ MIX b||--b|CTE: b64||LS1iYw==|--b--",
        // Nested, with the inner one not closed; the message that ends within a part.
        "MIX b||--b|MIX c||--c||\\0|--b||\\0 ~ MIX b||--b|MIX c||--c|CTE: b64||AA==|--b|CTE: b64||AA==",
        // RFC 2046 section 5.2.1: a message is not encoded, but what is in it; in a digest it is one without saying so.
        "MESSAGE|CTE: binary||MV: 1||\\0 ~ MESSAGE|CTE: 8bit||CTE: b64|MV: 1||AA==",
        "DIGEST b||--b||MV: 1||\\0|--b-- ~ DIGEST b||--b||CTE: b64|MV: 1||AA==|--b--"
    })
    void binaryPartsShouldBecomeBase64(String message, String expected) throws Exception {
        assertThat(new String(octets(BinaryParts.encoded(content(message))), StandardCharsets.ISO_8859_1))
            .isEqualTo(new String(octets(content(expected)), StandardCharsets.ISO_8859_1));
    }

    /** The quick look reads pieces, and the word may be cut by their end. */
    @ParameterizedTest
    @ValueSource(strings = {"binary", "BinarY", "BINARY"})
    void binaryShouldBeSeenWhereverItStands(String word) throws Exception {
        for (int place = 65_500; place < 65_540; place++) {
            String filler = "A: " + "x".repeat(place) + "\r\n";
            Content message = new ByteContent((filler + "Content-Transfer-Encoding: " + word + "\r\n\r\nabc")
                .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(octets(BinaryParts.encoded(message)), StandardCharsets.ISO_8859_1)).as("at %d", place).endsWith("YWJj");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\\0: b||c", "\\0", "Content-Type: multipart/mixed; boundary=b||\\0|--b||x|--b--|",
        "Content-Type: multipart/mixed; boundary=b||--b||x|--b--|\\0", "Content-Transfer-Encoding: base64||YW\\0Jj",
        "Content-Transfer-Encoding: x-unknown||\\0"})
    void nulWithoutAnEncodingForItShouldBeRefused(String message) {
        assertThatThrownBy(() -> BinaryParts.encoded(content(message))).isInstanceOf(AppendException.class);
    }

    @Test
    void sizeShouldBeThatOfTheOctets() throws Exception {
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            byte[] body = new byte[random.nextInt(run < 200 ? 300 : 40_000)];
            random.nextBytes(body);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.writeBytes(("MIME-Version: 1\r\nContent-Type: multipart/mixed; boundary=bbbbbbbb\r\n\r\n--bbbbbbbb\r\n"
                + "Content-Transfer-Encoding: binary\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            message.writeBytes(body);
            message.writeBytes("\r\n--bbbbbbbb--\r\n".getBytes(StandardCharsets.US_ASCII));
            Content encoded = BinaryParts.encoded(new ByteContent(message.toByteArray()));
            byte[] octets = octets(encoded);
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(encoded.size()).as("seed %d, run %d", SEED, run).isEqualTo(octets.length);
            String front = "base64\r\n\r\n";
            String base64 = text.substring(text.indexOf(front) + front.length(), text.lastIndexOf("\r\n--bbbbbbbb--"));
            assertThat(Base64.getMimeDecoder().decode(base64)).as("seed %d, run %d", SEED, run).isEqualTo(body);
            assertThat(base64.lines()).allMatch(line -> line.length() <= 76);
            try (InputStream single = encoded.getInputStream()) {
                for (byte octet : octets) {
                    assertThat((byte) single.read()).isEqualTo(octet);
                }
                assertThat(single.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void anyOctetsShouldBeTakenOrRefused() throws Exception {
        Random random = new Random(SEED);
        String[] pieces = {"\r\n", "\n", "\0", "--b", "--b--", "\r\n\r\n", "Content-Type: multipart/mixed; boundary=b\r\n", "x: y\r\n",
            " ", "binary", "Content-Type: message/rfc822\r\n", "Content-Transfer-Encoding: binary\r\n", "\r",
            "boundary", "=\"", ";", "Content-Type:", "\u00ff"};
        for (int run = 0; run < 100_000; run++) {
            StringBuilder message = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                message.append(pieces[random.nextInt(pieces.length)]);
            }
            Content content = new ByteContent(message.toString().getBytes(StandardCharsets.ISO_8859_1));
            try {
                Content encoded = BinaryParts.encoded(content);
                byte[] octets = octets(encoded);
                assertThat(encoded.size()).as("seed %d, run %d", SEED, run).isEqualTo(octets.length);
                assertThat(octets).as("seed %d, run %d", SEED, run).doesNotContain(0);
            } catch (AppendException expected) {
                assertThat(message).as("seed %d, run %d", SEED, run).contains("\0");
            }
        }
    }

    private static Content content(String message) {
        String written = message.strip().replace("|", "\r\n").replace("\\0", "\0")
            .replace("MV", "MIME-Version").replace("CTE", "Content-Transfer-Encoding").replace("cte:", "content-transfer-encoding:")
            .replace("b64", "base64").replace("MIX ", "Content-Type: multipart/mixed; boundary=")
            .replace("DIGEST ", "Content-Type: multipart/digest; boundary=").replace("MESSAGE", "Content-Type: message/rfc822");
        return new ByteContent(written.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] octets(Content content) throws Exception {
        try (InputStream octets = content.getInputStream()) {
            return octets.readAllBytes();
        }
    }
}

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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransferDecodingTest {
    static Stream<Arguments> encodings() {
        return Stream.of(
            Arguments.of("base64", "aGVsbG8=", "hello"),
            Arguments.of("BASE64", "aGVs\r\nbG8=\r\n", "hello"),
            Arguments.of("base64 (comment)", "aGVs\r\n\r\nbG8=", "hello"),
            Arguments.of("base64", "aGVsbG8", "hello"),
            Arguments.of("base64", "aGVsbG", "hell"),
            Arguments.of("base64", "aGVsb", "hel"),
            Arguments.of("base64", "!aG*VsbG\u00e98=", "hello"),
            Arguments.of("base64", "aA==aQ==", "hi"),
            Arguments.of("base64", "aGk=\r\naGk=", "hihi"),
            Arguments.of("base64", "====", ""),
            Arguments.of("base64", "", ""),
            Arguments.of("quoted-printable", "a=3Db=\r\nc", "a=bc"),
            Arguments.of("quoted-printable", "a=3db= \t\r\nc", "a=bc"),
            Arguments.of("quoted-printable", "a  \t\r\nb", "a\r\nb"),
            Arguments.of("quoted-printable", "a =20\r\nb", "a  \r\nb"),
            Arguments.of("quoted-printable", "a  b  ", "a  b"),
            Arguments.of("quoted-printable", "a=", "a"),
            Arguments.of("quoted-printable", "a=b=4", "a=b=4"),
            Arguments.of("quoted-printable", "=4=41=G1=\n=", "=4A=G1"),
            Arguments.of("quoted-printable", "a\rb\nc", "a\rb\nc"),
            Arguments.of("quoted-printable", "=" + " ".repeat(300) + "x", "=" + " ".repeat(300) + "x"),
            Arguments.of("quoted-printable", "=E2=82=AC", "\u00e2\u0082\u00ac"),
            Arguments.of("7bit", "a\nb", "a\nb"),
            Arguments.of("Binary", "a\nb", "a\nb"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void contentShouldBeDecoded(String encoding, String encoded, String decoded) throws Exception {
        for (int piece = 1; piece < 5; piece++) {
            assertThat(decode("application/x", encoding, bytes(encoded), piece)).as("pieces of %d", piece).isEqualTo(bytes(decoded));
        }
    }

    @Test
    void linesOfTextShouldEndInCrlf() throws Exception {
        for (int piece = 1; piece < 5; piece++) {
            assertThat(decode("text/plain", "base64", bytes("YQpiDQpjDWQKCg=="), piece)).isEqualTo(bytes("a\r\nb\r\nc\rd\r\n\r\n"));
            assertThat(decode("text/plain", "8bit", bytes("a\nb"), piece)).isEqualTo(bytes("a\r\nb"));
        }
    }

    @Test
    void unknownEncodingsShouldBeUnknown() {
        for (String encoding : List.of("x-uuencode", "base-64", "7 bit", "base64, base64")) {
            assertThat(TransferDecoding.of(part("application/x", encoding))).as(encoding).isEmpty();
        }
    }

    @Test
    void anythingShouldComeBack() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] content = new byte[random.nextInt(50_000)];
            random.nextBytes(content);
            byte[] encoded = Base64.getMimeEncoder().encode(content);
            assertThat(decode("application/x", "base64", encoded, 1 + random.nextInt(20_000))).as("seed %d", seed).isEqualTo(content);
        }
    }

    @Test
    void garbageShouldNotFail() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[random.nextInt(2000)];
            for (int at = 0; at < garbage.length; at++) {
                garbage[at] = (byte) "=\r\n aA1\t\u00ff\u0000".charAt(random.nextInt(10));
            }
            for (String encoding : List.of("base64", "quoted-printable")) {
                byte[] whole = decode("text/plain", encoding, garbage, 5000);
                assertThat(decode("text/plain", encoding, garbage, 1)).as("seed %d", seed).isEqualTo(whole);
            }
        }
    }

    private static byte[] decode(String type, String encoding, byte[] content, int piece) throws IOException {
        UrlContent stored = new UrlContent(content.length, () -> new Pieces(content, piece));
        UrlContent.Source decoded = TransferDecoding.of(part(type, encoding)).orElseThrow().over(stored);
        try (InputStream in = decoded.open()) {
            byte[] octets = in.readAllBytes();
            assertThat(TransferDecoding.size(decoded).bytes()).isEqualTo(octets.length);
            return octets;
        }
    }

    private static MimePart part(String type, String encoding) {
        byte[] message = bytes("Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n");
        try {
            return MimeScanner.scan(new ByteArrayInputStream(message));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Gives so many octets at once, as a network does. */
    private static final class Pieces extends ByteArrayInputStream {
        private final int piece;

        Pieces(byte[] content, int piece) {
            super(content);
            this.piece = piece;
        }

        @Override
        public synchronized int read(byte[] octets, int offset, int length) {
            return super.read(octets, offset, Math.min(length, piece));
        }

        @Override
        public int read(byte[] octets) {
            return read(octets, 0, octets.length);
        }
    }
}

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
package io.jamesext.dmap.dime.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.kernel.failure.ProtocolException;

class PlainChunkTest {
    private static final String FINGERPRINT = "A".repeat(86);
    private static final String LINES = "Author: <alice@example.org>\r\nAuthor-Signet: [" + FINGERPRINT
        + "]\r\nDestination: <example.net>\r\nDestination-Signet: [" + FINGERPRINT + "]\r\n";

    private final SecureRandom random = Seeded.random(10);
    private final SigningKey author = SigningKey.generate(random);

    /** PROTOCOL.md section 5.6. libdime refuses other padding. */
    @Test
    void paddingShouldBeThatOfTheSizes() {
        for (int size = 0; size < 800; size++) {
            byte[] payload = PlainChunk.write(Seeded.bytes(random, size), 0, author, random);
            int count = payload.length - 69 - size;
            int most = size < 187 ? 187 - size + 16 * ((69 + size) / 16) : 256;
            assertThat(payload.length % 16).isZero();
            assertThat(payload.length).isGreaterThanOrEqualTo(256);
            assertThat(count).isBetween(size < 187 ? 187 - size : 1, most);
            assertThat(payload[68]).isEqualTo((byte) count);
            byte[] padding = new OctetReader(payload, 69 + size, payload.length).rest();
            byte[] expected = new byte[count];
            Arrays.fill(expected, (byte) count);
            assertThat(padding).isEqualTo(expected);
        }
    }

    @Test
    void otherPaddingAndFlagsShouldBeRead() {
        byte[] signed = new OctetWriter().number(3, 3).number(1 | 4, 1).number(7, 1).octets(new byte[] {1, 2, 3}).octets(new byte[120])
            .toBytes();
        PlainChunk chunk = PlainChunk.read(ChunkKind.ATTACHMENT,
            new OctetWriter().octets(author.sign(signed)).octets(signed).toBytes());
        assertThat(chunk.data()).containsExactly(1, 2, 3);
        assertThat(chunk.isCompressed()).isTrue();
        assertThat(chunk.isContinued()).isFalse();
        assertThat(chunk.isSignedBy(author.verifyingKey())).isTrue();
        assertThat(chunk).hasToString("chunk 131 of 3 octets");
    }

    @Test
    void lengthsThatLieShouldBeRefused() {
        for (int length : new int[] {188, 189, 0xFFFFFF}) {
            byte[] payload = new OctetWriter().octets(new byte[64]).number(length, 3).octets(new byte[189]).toBytes();
            assertThatThrownBy(() -> PlainChunk.read(ChunkKind.ATTACHMENT, payload)).isInstanceOf(ProtocolException.class);
        }
        byte[] whole = new OctetWriter().octets(new byte[64]).number(187, 3).octets(new byte[189]).toBytes();
        assertThat(PlainChunk.read(ChunkKind.ATTACHMENT, whole).data()).hasSize(187);
    }

    @Test
    void continuationsShouldBeOfTheSameKind() {
        PlainChunk more = chunk(ChunkKind.DISPLAY_CONTENT, "a", PlainChunk.CONTINUED);
        PlainChunk last = chunk(ChunkKind.DISPLAY_CONTENT, "b", 0);
        PlainChunk other = chunk(ChunkKind.ATTACHMENT, "c", 0);
        assertThat(Content.join(List.of())).isEmpty();
        assertThat(Content.join(List.of(more, more, last, last, other)).stream()
            .map(content -> content + " " + new String(content.data(), StandardCharsets.US_ASCII)))
            .containsExactly("content 67 of 3 octets aab", "content 67 of 1 octets b", "content 131 of 1 octets c");
        assertThatThrownBy(() -> Content.join(List.of(more))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Content.join(List.of(more, other))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Content.join(List.of(more, other, last))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void envelopeShouldBeItsFourLines() {
        Envelope envelope = Envelope.read(chunk(ChunkKind.ORIGIN, LINES, 0));
        assertThat(envelope.user()).isEqualTo("alice@example.org");
        assertThat(envelope.organisation()).isEqualTo("example.net");
        assertThat(new String(envelope.toBytes(ChunkKind.ORIGIN), StandardCharsets.US_ASCII)).isEqualTo(LINES);
        refused(ChunkKind.DESTINATION, LINES);
        refused(ChunkKind.COMMON_HEADERS, LINES);
        refused(ChunkKind.ORIGIN, LINES + "X: <y>\r\n");
        refused(ChunkKind.ORIGIN, " " + LINES);
        refused(ChunkKind.ORIGIN, LINES.replace("\r", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "<a>b>", "<a\r\nb>", "<\u00f6>", "<a\u0000>"})
    void namesShouldBePrintable(String name) {
        refused(ChunkKind.ORIGIN, LINES.replace("<example.net>", name));
        refused(ChunkKind.ORIGIN, LINES.replace("<alice@example.org>", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "B"})
    void fingerprintsShouldBeWhole(String end) {
        refused(ChunkKind.ORIGIN, LINES.replace(FINGERPRINT, "A".repeat("A".equals(end) ? 86 : 85) + end));
    }

    private PlainChunk chunk(ChunkKind kind, String data, int flags) {
        return PlainChunk.read(kind, PlainChunk.write(data.getBytes(StandardCharsets.ISO_8859_1), flags, author, random));
    }

    private void refused(ChunkKind kind, String data) {
        PlainChunk chunk = chunk(kind, data, 0);
        assertThatThrownBy(() -> Envelope.read(chunk)).isInstanceOf(ProtocolException.class);
    }
}

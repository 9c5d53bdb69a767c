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
package io.jamesext.agap.gzip;

import static io.jamesext.agap.gzip.Streams.gunzip;
import static io.jamesext.agap.gzip.Streams.gzip;
import static io.jamesext.agap.gzip.Streams.lines;
import static io.jamesext.agap.gzip.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.jamesext.agap.wire.LineDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** RFC 1952, against Java's own reading and writing of it. */
class GzipTest {
    private static final long SEED = 20261122;

    @Test
    void linesShouldBeTheSameInAnyPieces() throws Exception {
        byte[] stream = gzip(utf8("CAPA\r\nNO"), utf8(""), utf8("OP\n" + "x".repeat(1000) + "\n"), utf8("QUIT\n"));

        for (int piece : new int[] {1, 2, 7, 100, stream.length}) {
            assertThat(lines(stream, piece)).as("pieces of %d", piece).containsExactly("CAPA", "NOOP", "x".repeat(1000), "QUIT");
        }
    }

    @Test
    void whatIsCutOffShouldGiveTheLinesBefore() throws Exception {
        byte[] stream = gzip(utf8("CAPA\r\nNOOP\r\nQUIT\r\n"));

        for (int length = 0; length < stream.length; length++) {
            assertThat(lines(Arrays.copyOf(stream, length), length + 1)).as("%d octets", length)
                .isSubsetOf("CAPA", "NOOP", "QUIT");
        }
    }

    /** RFC 1952 section 2.3.1.2: what an octet of the header, or of the check, must not be. */
    @Test
    void aFlawInAnyOctetShouldNeverGiveOtherLines() throws Exception {
        byte[] stream = gzip(utf8("CAPA\r\nNOOP\r\nQUIT\r\n"));
        int refused = 0;
        for (int i = 0; i < stream.length; i++) {
            byte[] flawed = stream.clone();
            flawed[i] ^= 0x55;
            boolean isRefused = lines(flawed, flawed.length).contains("refused: INVALID line (not gzip)");
            refused += isRefused ? 1 : 0;
            // Time, level and system of the header count for nothing, and some flags announce fields that then never end.
            assertThat(isRefused || (i >= 3 && i < 10)).as("octet %d", i).isTrue();
        }
        assertThat(refused).isGreaterThan(stream.length - 8);
    }

    @Test
    void nothingShouldBeReadBehindAFlaw() throws Exception {
        byte[] stream = gzip(utf8("CAPA\r\n"));
        stream[stream.length - 1] ^= 1;
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(stream);
        both.writeBytes(gzip(utf8("QUIT\r\n")));

        assertThat(lines(both.toByteArray(), 1)).containsExactly("CAPA", "refused: INVALID line (not gzip)");
        assertThat(lines(both.toByteArray(), both.size())).containsExactly("CAPA", "refused: INVALID line (not gzip)");
    }

    /** Back pressure: while the connection does not read, no more than a piece is inflated. */
    @Test
    void inflatingShouldWaitForTheConnection() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(new Gzip(), new LineDecoder());
        channel.config().setAutoRead(false);
        channel.writeInbound(Unpooled.wrappedBuffer(gzip(utf8("\n".repeat(1_000_000)))));
        assertThat(channel.inboundMessages()).isEmpty();

        channel.config().setAutoRead(true);
        assertThat(channel.inboundMessages()).hasSize(1_000_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void eachReplyShouldBeReadableByItselfAndTheWholeByOthers() throws Exception {
        Random random = new Random(SEED);
        EmbeddedChannel channel = new EmbeddedChannel(new Gzip());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        GzipDecoder client = new GzipDecoder();
        for (int i = 0; i < 200; i++) {
            byte[] text = new byte[random.nextInt(i % 10 == 0 ? 70_000 : 200)];
            random.nextBytes(text);
            channel.writeOutbound(Unpooled.wrappedBuffer(text));
            texts.writeBytes(text);
            ByteBuf read = Unpooled.buffer(text.length + 1);
            for (ByteBuf octets = channel.readOutbound(); octets != null; octets = channel.readOutbound()) {
                octets.markReaderIndex();
                client.decode(octets, read);
                octets.resetReaderIndex();
                octets.readBytes(stream, octets.readableBytes()).release();
            }
            assertThat(Arrays.copyOf(read.array(), read.readableBytes())).as("seed %d, reply %d", SEED, i).isEqualTo(text);
            assertThat(text.length == 0 || client.isFlushed()).isTrue();
        }
        channel.close();
        for (ByteBuf octets = channel.readOutbound(); octets != null; octets = channel.readOutbound()) {
            octets.readBytes(stream, octets.readableBytes()).release();
        }
        assertThat(gunzip(stream.toByteArray())).isEqualTo(texts.toByteArray());
    }
}

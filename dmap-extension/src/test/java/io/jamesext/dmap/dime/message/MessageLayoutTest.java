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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class MessageLayoutTest {
    private final Message message = new Cast(7).sent(List.of(Cast.headers(), new Content(ChunkKind.DISPLAY_CONTENT, new byte[700]),
        new Content(ChunkKind.ATTACHMENT, new byte[1])), 300);

    @Test
    void chunksShouldFillTheMessage() {
        byte[] octets = message.toBytes();
        long at = 6;
        for (ChunkPlace place : message.layout().chunks()) {
            assertThat(place.start()).isEqualTo(at);
            assertThat(octets[(int) at]).isEqualTo((byte) place.kind().number());
            assertThat(message.chunk(place)).hasSize((int) place.bytes());
            at = place.end();
        }
        assertThat(at).isEqualTo(octets.length).isEqualTo(message.layout().end());
        assertThat(message.layout().chunks().toString())
            .isEqualTo("[2.1, 4.1, 5.1, 33.1, 67.1, 67.2, 67.3, 131.1, 225.1, 226.1, 248.1, 249.1, 255.1]");
        assertThat(message.layout().find(67, 3)).contains(message.layout().chunks().get(6));
        assertThat(message.layout().find(67, 0)).isEmpty();
        assertThat(message.layout().find(67, 4)).isEmpty();
    }

    @Test
    void tracingShouldBeChunkZero() throws IOException {
        byte[] octets = new OctetWriter().number(1837, 2).number(300, 2).octets(new byte[300]).octets(message.toBytes()).toBytes();
        MessageLayout layout = read(octets);
        ChunkPlace tracing = layout.find(0, 1).orElseThrow();
        assertThat(List.of(tracing.start(), tracing.payloadStart(), tracing.end(), layout.start())).containsExactly(0L, 4L, 304L, 304L);
        assertThat(layout.chunks()).hasSize(message.layout().chunks().size() + 1);
        Cast cast = new Cast(7);
        assertThat(Message.read(octets).open(Actor.DESTINATION, cast.key(Actor.DESTINATION)).isSignedByOrigin(
            cast.parties.origin().signet())).isTrue();
        refused(new OctetWriter().number(1837, 2).number(0, 2).octets(message.toBytes()).toBytes());
        refused(new OctetWriter().number(1837, 2).number(0xFFFF, 2).octets(message.toBytes()).toBytes());
    }

    @Test
    void cutAndLongerMessagesShouldBeRefused() {
        byte[] octets = message.toBytes();
        for (int size = 0; size < octets.length; size++) {
            refused(Arrays.copyOf(octets, size));
        }
        refused(Arrays.copyOf(octets, octets.length + 1));
    }

    /** A length of 4 GiB or a chunk of 16 MiB is believed only as far as there are octets. */
    @Test
    void lengthsThatLieShouldBeRefused() {
        byte[] octets = message.toBytes();
        Arrays.fill(octets, 2, 6, (byte) 0xFF);
        refused(octets);
        refused(new OctetWriter().number(1847, 2).number(4, 4).number(67, 1).number(0xFFFFF0, 3).toBytes());
        refused(new OctetWriter().number(1847, 2).number(0xFFFFFFFFL, 4).number(67, 1).number(0xFFFFF0, 3).toBytes());
        refused(new OctetWriter().number(1847, 2).number(3, 4).number(67, 1).number(0, 2).toBytes());
        for (ChunkPlace place : message.layout().chunks()) {
            for (int change : new int[] {-16, 16, 1}) {
                byte[] lie = message.toBytes();
                int length = place.payloadBytes() + change;
                System.arraycopy(new OctetWriter().number(length, 3).toBytes(), 0, lie, (int) place.start() + 1, 3);
                refused(lie);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 80, 0", "1, 80, 2", "3, 64, 2", "2, 32, 0", "2, 34, 0", "6, 80, 2", "33, 64, 2", "33, 0, 2", "33, 81, 2", "65, 80, 2",
        "225, 80, 3", "225, 63, 3", "255, 0, 4", "254, 64, 4"})
    void chunksThatCannotBeShouldBeRefused(int kind, int payloadBytes, int slots) {
        refused(Messages.of(Messages.chunk(new OctetWriter(), kind, payloadBytes, slots)));
    }

    @Test
    void orderShouldBeThatOfTheNumbers() throws IOException {
        assertThat(read(Messages.of(Messages.chunk(Messages.chunk(new OctetWriter(), 67, 80, 2), 67, 96, 2))).chunks()).hasSize(2);
        assertThat(read(Messages.of(new OctetWriter())).chunks()).isEmpty();
        refused(Messages.of(Messages.chunk(Messages.chunk(new OctetWriter(), 67, 80, 2), 33, 80, 2)));
        refused(Messages.of(Messages.chunk(Messages.chunk(new OctetWriter(), 33, 80, 2), 33, 80, 2)));
        refused(Messages.of(Messages.chunk(Messages.chunk(new OctetWriter(), 2, 33, 0), 2, 33, 0)));
    }

    @Test
    void tooManyChunksShouldBeRefused() throws IOException {
        OctetWriter writer = new OctetWriter();
        for (int i = 0; i < MessageLayout.MAX_CHUNKS; i++) {
            Messages.chunk(writer, 67, 80, 2);
        }
        assertThat(read(Messages.of(writer)).chunks()).hasSize(MessageLayout.MAX_CHUNKS);
        assertThatThrownBy(() -> read(Messages.of(Messages.chunk(writer, 131, 80, 2)))).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.TOO_BIG));
    }

    /** Nothing of 2 GiB of attachments is held. */
    @Test
    void longMessagesShouldStream() throws IOException {
        int payload = 0xFFFFF0;
        int count = 130;
        long each = 4L + payload + 128;
        InputStream stream = new ByteArrayInputStream(new OctetWriter().number(1847, 2).number(count * each, 4).toBytes());
        for (int i = 0; i < count; i++) {
            InputStream head = new ByteArrayInputStream(new OctetWriter().number(131, 1).number(payload, 3).toBytes());
            stream = new SequenceInputStream(stream, new SequenceInputStream(head, new Zeros(each - 4)));
        }
        MessageLayout layout = MessageLayout.read(stream);
        assertThat(layout.chunks()).hasSize(count);
        assertThat(layout.end()).isEqualTo(6 + count * each).isGreaterThan(Integer.MAX_VALUE);
        assertThat(layout.isComplete()).isFalse();
    }

    private static MessageLayout read(byte[] octets) throws IOException {
        return MessageLayout.read(new ByteArrayInputStream(octets));
    }

    private static void refused(byte[] octets) {
        assertThatThrownBy(() -> read(octets)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.SYNTAX));
    }

    /** So many octets of 0, which cost nothing to pass over. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.min(left, count);
            left -= skipped;
            return skipped;
        }
    }
}

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
package io.jamesext.agap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

class LineDecoderTest {
    private static List<Object> decode(byte[]... writes) {
        EmbeddedChannel channel = new EmbeddedChannel(new LineDecoder());
        List<Object> frames = new ArrayList<>();
        for (byte[] write : writes) {
            channel.writeInbound(Unpooled.copiedBuffer(write));
            for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                frames.add(frame);
            }
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[][] oneByOne(byte[] octets) {
        byte[][] writes = new byte[octets.length][];
        for (int i = 0; i < octets.length; i++) {
            writes[i] = new byte[] {octets[i]};
        }
        return writes;
    }

    private static void shouldBreak(byte[] octets, Failure failure) {
        assertThat(decode(octets)).hasSize(1).first().isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.failure().failure()).isEqualTo(failure);
            assertThat(malformed.closes()).isTrue();
        });
    }

    @Test
    void wholeLinesShouldBeLinesWithEitherEnd() {
        assertThat(decode(bytes("NOOP\r\nLIST /ä €\n\n\r\n")))
            .containsExactly(new Line("NOOP"), new Line("LIST /ä €"), new Line(""), new Line(""));
    }

    @Test
    void bytesShouldBeLinesHoweverTheyAreCut() {
        assertThat(decode(oneByOne(bytes("NOOP\r\nLIST /ä €\n")))).containsExactly(new Line("NOOP"), new Line("LIST /ä €"));
        assertThat(decode(bytes("NO"), bytes("OP\nQUI"), bytes("T\r"), bytes("\n"))).containsExactly(new Line("NOOP"), new Line("QUIT"));
    }

    @Test
    void aLineMayHave1024CharactersWithItsEnd() {
        assertThat(decode(bytes("x".repeat(1023) + "\n"))).containsExactly(new Line("x".repeat(1023)));
        assertThat(decode(bytes("x".repeat(1022) + "\r\n"))).containsExactly(new Line("x".repeat(1022)));
        assertThat(decode(bytes("😀".repeat(1023) + "\n"))).containsExactly(new Line("😀".repeat(1023)));
    }

    @Test
    void aLongerLineShouldBeRefused() {
        shouldBreak(bytes("x".repeat(1024) + "\n"), Failure.TOO_BIG);
        shouldBreak(bytes("x".repeat(1023) + "\r\n"), Failure.TOO_BIG);
        shouldBreak(bytes("€".repeat(1024) + "\n"), Failure.TOO_BIG);
    }

    @Test
    void aLineWithoutEndShouldBeRefusedOnceItIsTooLongAndKeptNoFurther() {
        shouldBreak(bytes("x".repeat(LineDecoder.MAX_OCTETS + 1)), Failure.TOO_BIG);
        assertThat(decode(bytes("x".repeat(LineDecoder.MAX_OCTETS)))).isEmpty();
        assertThat(decode(bytes("x".repeat(5000)), bytes("NOOP\nNOOP\n"))).hasSize(1);
    }

    @Test
    void nulAndBareCarriageReturnShouldBeRefused() {
        shouldBreak(bytes("NO\0OP\n"), Failure.SYNTAX);
        shouldBreak(bytes("NO\rOP\n"), Failure.SYNTAX);
        shouldBreak(bytes("NOOP\r\r\n"), Failure.SYNTAX);
    }

    @Test
    void whatIsNotUtf8ShouldBeRefused() {
        shouldBreak(new byte[] {'L', (byte) 0xC3, '\n'}, Failure.SYNTAX);
        shouldBreak(new byte[] {(byte) 0xC0, (byte) 0x80, '\n'}, Failure.SYNTAX);
        shouldBreak(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'}, Failure.SYNTAX);
    }

    @Test
    void garbageShouldNeverBeMoreThanLinesAndOneRefusal() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[random.nextInt(20_000)];
            random.nextBytes(octets);
            List<Object> frames = decode(octets);
            assertThat(frames.stream().filter(Malformed.class::isInstance).count()).as("seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(decode(oneByOne(octets))).as("seed %d", seed).usingElementComparator(LineDecoderTest::compare).isEqualTo(frames);
        }
    }

    private static int compare(Object one, Object other) {
        boolean same = one instanceof Malformed && other instanceof Malformed || one.equals(other);
        return same ? 0 : 1;
    }

    @Test
    void aLineShouldNotShowItsText() {
        assertThat(new Line("PASS secret").toString()).doesNotContain("secret");
    }
}

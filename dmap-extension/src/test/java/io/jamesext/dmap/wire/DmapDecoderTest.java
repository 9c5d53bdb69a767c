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
package io.jamesext.dmap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.jamesext.kernel.server.ConnectionEvent;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

class DmapDecoderTest {
    private static final Limits LIMITS = new Limits(10_000, 12_000, 100_000);
    /** Lines, both kinds of literal, an empty one, octets that look like commands and like announcements, and UTF-8. */
    private static final String CONVERSATION = "A1 NOOP\r\n"
        + "A2 SELECT {5}\r\nINBOX\r\n"
        + "A3 SELECT {9+}\r\nX1 NOOP\r\n {0+}\r\n ~{9+}\r\nX {99+}\r\n\r\n"
        + "A4 LIST \"caf\u00e9\"\r\n"
        + "A5 {-1}\r\nA6 {}\r\nA7 {x}\r\n";
    private static final List<String> FRAMES = List.of("command A1 NOOP", "go ahead", "command A2 SELECT |INBOX|",
        "command A3 SELECT |X1 NOOP\r\n| || |X {99+}\r\n|", "command A4 LIST \"caf\u00e9\"", "command A5 {-1}", "command A6 {}",
        "command A7 {x}");

    private final EmbeddedChannel channel = new EmbeddedChannel(new DmapDecoder(LIMITS));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(byte[] octets, int from, int to) {
        channel.writeInbound(Unpooled.copiedBuffer(octets, from, to - from));
    }

    private List<String> read(String... writes) {
        for (String write : writes) {
            write(bytes(write), 0, bytes(write).length);
        }
        return frames(channel);
    }

    @Test
    void messageShouldStreamHoweverItsOctetsCome() {
        String message = "X1 LOGOUT\r\n{5}\r\n\0".repeat(1000);
        byte[] octets = bytes("A1 append a {" + message.length() + "}\r\n" + message + "\r\nA2 NOOP\r\n");
        for (int step : new int[] {1, 7, octets.length}) {
            EmbeddedChannel fresh = new EmbeddedChannel(new DmapDecoder(LIMITS));
            fresh.pipeline().fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
            StringBuilder streamed = new StringBuilder();
            List<String> others = new ArrayList<>();
            for (int from = 0; from < octets.length; from += step) {
                fresh.writeInbound(Unpooled.copiedBuffer(octets, from, Math.min(step, octets.length - from)));
                for (Object frame = fresh.readInbound(); frame != null; frame = fresh.readInbound()) {
                    if (frame instanceof Frame.Part part) {
                        streamed.append(new String(part.octets(), StandardCharsets.UTF_8));
                    } else {
                        others.add(frame instanceof Frame.End end ? "end " + end.failure().isPresent() : show(frame));
                    }
                }
            }
            assertThat(streamed.toString()).isEqualTo(message);
            assertThat(others).containsExactly("go ahead", "command A1 append a ||", "end false", "command A2 NOOP");
        }
    }

    private static List<String> frames(EmbeddedChannel channel) {
        List<String> frames = new ArrayList<>();
        for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(show(frame));
        }
        return frames;
    }

    private static String show(Object frame) {
        if (frame instanceof Malformed malformed) {
            return (malformed.closes() ? "closes: " : "malformed: ") + malformed.failure().text();
        }
        if (frame instanceof Frame.Refused refused) {
            return "refused " + refused.tag().orElse("*") + ": " + refused.failure().text();
        }
        if (frame instanceof Frame.Command command) {
            StringBuilder shown = new StringBuilder("command ");
            command.text().pieces().forEach(piece -> {
                shown.append(piece.line());
                piece.literal().ifPresent(literal -> shown.append('|').append(new String(literal.octets(), StandardCharsets.UTF_8))
                    .append('|'));
            });
            return shown.toString();
        }
        return "go ahead";
    }

    @Test
    void whole() {
        assertThat(read(CONVERSATION)).isEqualTo(FRAMES);
    }

    @Test
    void byteByByte() {
        byte[] octets = bytes(CONVERSATION);
        for (int at = 0; at < octets.length; at++) {
            write(octets, at, at + 1);
        }
        assertThat(frames(channel)).isEqualTo(FRAMES);
    }

    @Test
    void everySplit() {
        byte[] octets = bytes(CONVERSATION);
        for (int split = 1; split < octets.length; split++) {
            write(octets, 0, split);
            write(octets, split, octets.length);
            assertThat(frames(channel)).as("split at %d", split).isEqualTo(FRAMES);
        }
    }

    @Test
    void anySplits() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] octets = bytes(CONVERSATION.repeat(20));
        List<String> expected = new ArrayList<>();
        for (int repeat = 0; repeat < 20; repeat++) {
            expected.addAll(FRAMES);
        }
        for (int at = 0; at < octets.length;) {
            int to = Math.min(octets.length, at + 1 + random.nextInt(60));
            write(octets, at, to);
            at = to;
        }
        assertThat(frames(channel)).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void lineAtTheLimitShouldPassAndOneOverItShouldNot() {
        String longest = "A " + "x".repeat(Limits.LINE - 3);
        assertThat(read(longest + "\r\n")).containsExactly("command " + longest);
        assertThat(read(longest + "x\r\nA2 NOOP\r\n")).containsExactly("refused *: the line is too long", "closes: the line is too long");
        assertThat(read("A3 NOOP\r\n")).isEmpty();
    }

    @Test
    void endlessLineShouldBeRefusedBeforeItEnds() {
        assertThat(read("A ".repeat(Limits.LINE))).containsExactly("refused *: the line is too long", "closes: the line is too long");
    }

    @Test
    void synchronisingLiteralOverTheLimitShouldBeRefusedAndTheNextLineBeRead() {
        assertThat(read("A1 X {10000}\r\n")).containsExactly("go ahead");
        assertThat(read("y".repeat(10_000), "\r\n")).hasSize(1);
        assertThat(read("A1 X {10001}\r\nA2 NOOP\r\nA3 X {4294967296}\r\nA4 X ~{18446744073709551616}\r\nA5 NOOP\r\n")).containsExactly(
            "refused A1: the literal is too large", "command A2 NOOP", "refused A3: the literal is too large",
            "refused A4: the literal is too large", "command A5 NOOP");
    }

    @Test
    void literalsTogetherOverTheLimitShouldBeRefused() {
        assertThat(read("A1 X {9000}\r\n", "y".repeat(9000), " {4000}\r\n", "A2 NOOP\r\n")).containsExactly("go ahead",
            "refused A1: the literal is too large", "command A2 NOOP");
    }

    @Test
    void unaskedLiteralOverTheLimitShouldEndTheConnectionWithItsOctetsUnread() {
        assertThat(read("A1 X {4097+}\r\nA2 NOOP\r\n")).containsExactly("refused A1: the literal is too large",
            "closes: the literal is too large");
    }

    @Test
    void bareLineFeedShouldEndTheConnection() {
        assertThat(read("A1 X {9+}\nA2 NOOP\r\n")).containsExactly("refused *: a line ends with CRLF", "closes: a line ends with CRLF");
    }

    @Test
    void illFormedTextShouldBeRefusedWithItsLiteralsReadPast() {
        assertThat(read("A1 \0 {9+}\r\nA2 NOOP\r\n {3}\r\n", "abc\r\nA3 NOOP\r\n")).containsExactly("go ahead",
            "refused A1: a line is UTF-8 without NUL and CR", "command A3 NOOP");
        ByteArrayOutputStream bad = new ByteArrayOutputStream();
        bad.writeBytes(bytes("A4 caf"));
        bad.write(0xE9);
        bad.writeBytes(bytes("\r\nA5 a\rb\r\nA6 NOOP\r\n"));
        write(bad.toByteArray(), 0, bad.size());
        assertThat(frames(channel)).containsExactly("refused A4: a line is UTF-8 without NUL and CR",
            "refused A5: a line is UTF-8 without NUL and CR", "command A6 NOOP");
    }

    @Test
    void garbageShouldNeverDoWorse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new DmapDecoder(LIMITS));
            byte[] octets = new byte[random.nextInt(400)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = (byte) "A1 {}+~\r\n09\0\u00ff".charAt(random.nextInt(13));
            }
            fresh.writeInbound(Unpooled.wrappedBuffer(octets));
            assertThat(frames(fresh)).as("seed %d", seed).isNotNull();
            fresh.finishAndReleaseAll();
        }
    }
}

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
package io.jamesext.dmap.dmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Frames, however the octets come. */
class DmtpDecoderTest {
    private static final int MOST = 10;
    private static final String TALK = "EHLO HOST=<a>\r\nDATA SIZE=[10]\r\n\r\nQUIT\r\n.\r\nquit \r\n";

    private static List<Object> frames(byte[]... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(new DmtpDecoder(MOST));
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
        }
        List<Object> frames = new ArrayList<>(channel.inboundMessages());
        channel.finishAndReleaseAll();
        return frames;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String described(List<Object> frames) {
        StringBuilder text = new StringBuilder();
        for (Object frame : frames) {
            if (frame instanceof DmtpFrame.Command command) {
                text.append('<').append(command.line().verb()).append('>');
            } else if (frame instanceof DmtpFrame.Part part) {
                text.append(new String(part.octets(), StandardCharsets.ISO_8859_1));
            } else if (frame instanceof DmtpFrame.End) {
                text.append("<end>");
            } else {
                Malformed malformed = (Malformed) frame;
                text.append('!').append(malformed.failure().failure()).append(malformed.closes() ? " closes" : "");
            }
        }
        return text.toString();
    }

    @Test
    void commandsAndMessagesShouldBeCutHoweverTheyCome() {
        String expected = "<EHLO><DATA>\r\nQUIT\r\n.\r<end>";
        // The octets of the message look like commands, and its end is not at a line's end.
        String talk = TALK.replace("\r\nQUIT\r\n.\r\n", "\r\nQUIT\r\n.\rMODE\r\n");
        byte[] whole = octets(talk);
        byte[][] single = new byte[whole.length][];
        for (int i = 0; i < whole.length; i++) {
            single[i] = new byte[] {whole[i]};
        }
        assertThat(described(frames(whole))).isEqualTo(expected + "<MODE><QUIT>");
        assertThat(described(frames(single))).isEqualTo(expected + "<MODE><QUIT>");
        assertThat(described(frames(Arrays.copyOf(whole, 20), Arrays.copyOfRange(whole, 20, whole.length))))
            .isEqualTo(expected + "<MODE><QUIT>");
    }

    @Test
    void anEmptyMessageShouldEndAtOnce() {
        assertThat(described(frames(octets("DATA SIZE=[0]\r\nNOOP\r\n")))).isEqualTo("<DATA><end><NOOP>");
    }

    @Test
    void aLineShouldHaveItsLimit() {
        String fits = "NOOP " + "x".repeat(CommandLine.MAX_BYTES - 7) + "\r\n";
        assertThat(described(frames(octets(fits)))).isEqualTo("<NOOP>");
        assertThat(described(frames(octets(fits.replace("x\r", "xx\r")), octets("NOOP\r\n")))).isEqualTo("!SYNTAX closes");
        assertThat(described(frames(octets("x".repeat(CommandLine.MAX_BYTES))))).as("without an end").isEqualTo("!SYNTAX closes");
    }

    @Test
    void aBareLineFeedShouldCloseTheConnection() {
        assertThat(described(frames(octets("NOOP\nQUIT\r\n")))).isEqualTo("!SYNTAX closes");
        assertThat(described(frames(octets("\n")))).isEqualTo("!SYNTAX closes");
    }

    @Test
    void aMessageThatIsTooLargeShouldCloseTheConnection() {
        assertThat(described(frames(octets("DATA SIZE=[11]\r\n01234567890QUIT\r\n")))).isEqualTo("!TOO_BIG closes");
        assertThat(described(frames(octets("DATA SIZE=[9999999999]\r\n")))).isEqualTo("!TOO_BIG closes");
    }

    @Test
    void dataThatCannotBeReadShouldCloseTheConnection() {
        for (String size : new String[] {"SIZE=[12345678901]", "SIZE=[-1]", "SIZE=[1", "SIZE=[1] SIZE=[2]", "SIZE=[]",
            "", "[1]", "<1>", "OCTETS=[1]", "SIZE=[1] X=[y]", "SIZE=[1] y"}) {
            assertThat(described(frames(octets("DATA " + size + "\r\nQUIT\r\n")))).as(size).isEqualTo("!SYNTAX closes");
        }
    }

    @Test
    void anotherCommandThatCannotBeReadShouldLeaveTheConnectionOpen() {
        assertThat(described(frames(octets("HELO <a\r\nNOOP\r\n")))).isEqualTo("!SYNTAX<NOOP>");
    }
}

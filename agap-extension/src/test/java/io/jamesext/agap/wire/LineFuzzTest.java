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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Lines are the same however their octets arrive, none is longer than it may be, and nothing comes after a broken one. */
class LineFuzzTest {
    @FuzzTest
    void linesShouldBeTheSameInAnyPieces(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] octets = Arrays.copyOfRange(input, 1, input.length);
        List<String> whole = lines(octets, octets.length);
        assertThat(lines(octets, 1)).isEqualTo(whole);
        assertThat(lines(octets, 2 + (input[0] & 0x7F))).isEqualTo(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(whole.get(i).startsWith("broken: ") && i < whole.size() - 1).isFalse();
        }
    }

    private static List<String> lines(byte[] octets, int pieceBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new LineDecoder());
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < octets.length; from += pieceBytes) {
            channel.writeInbound(Unpooled.copiedBuffer(octets, from, Math.min(pieceBytes, octets.length - from)));
            for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
                lines.add(read instanceof Malformed malformed ? "broken: " + malformed.failure().text() : line((Line) read));
            }
        }
        channel.finishAndReleaseAll();
        return lines;
    }

    private static String line(Line line) {
        assertThat(line.text()).doesNotContain("\n", "\r", "\0");
        assertThat(line.text().codePoints().count()).isLessThan(LineDecoder.MAX_CHARACTERS);
        assertThat(line.verb()).doesNotContain(" ");
        return "line: " + line.text();
    }
}

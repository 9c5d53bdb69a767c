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

import static io.jamesext.agap.gzip.Streams.gzip;
import static io.jamesext.agap.gzip.Streams.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.agap.wire.LineDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Whatever comes behind SGZP, nothing breaks but the connection, and lines are those that Java's gzip reads, however they come. */
class GzipFuzzTest {
    private static final String REFUSED = "refused: INVALID line (not gzip)";

    @FuzzTest
    void streamsShouldBeReadAsTheyAre(byte[] input) throws IOException {
        List<String> whole = lines(input, Math.max(1, input.length));
        List<String> single = lines(input, 1);
        if (!whole.contains(REFUSED)) {
            assertThat(single).isEqualTo(whole);
            try {
                assertThat(whole).isEqualTo(plain(Streams.gunzip(input)));
            } catch (IOException e) {
                // It breaks off. What Java's reader had of it by then it does not say.
                assertThat(e).isNotNull();
            }
        } else {
            // Where a flaw is noticed depends on the pieces; but no line is another one for that.
            assertThat(single).endsWith(REFUSED);
            int common = Math.min(single.size(), whole.size()) - 1;
            assertThat(single.subList(0, common)).isEqualTo(whole.subList(0, common));
        }
    }

    @FuzzTest
    void textsShouldSurviveCompression(byte[] input) throws IOException {
        byte[] stream = gzip(input);
        assertThat(lines(stream, stream.length)).isEqualTo(plain(input));
        assertThat(lines(stream, 3)).isEqualTo(plain(input));
    }

    /** Without compression. */
    private static List<String> plain(byte[] text) {
        EmbeddedChannel channel = new EmbeddedChannel(new LineDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(text));
        List<String> lines = Streams.read(channel);
        channel.finishAndReleaseAll();
        return lines;
    }
}

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


package io.jamesext.lemonade.imap.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.fuzz.Fuzzing;

/** Frames are the same however their octets arrive, and are what {@link CutterModel} says: no octet of a literal is ever a command. */
class FramingFuzzTest {
    private static final FrameLimits LIMITS = new FrameLimits(1024, 4096, 256);

    @Test
    void framesShouldBeThoseOfTheModel() throws Exception {
        new Fuzzing("framing", "\r\n", "\n", "\r", "{1+}\r\n", "{3}\r\n", " {0}\r\n", " ~{7+}\r\n", "{4097+}\r\n", "{257}\r\n", "}", "{",
            "+", "{99999999999999999999+}\r\n", " {4294967297}\r\n", "\0", "(", "a1 NOOP\r\n", "{007+}\r\n", "x".repeat(300))
            .play(FramingFuzzTest::check);
    }

    private static void check(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] octets = Arrays.copyOfRange(input, 1, input.length);
        List<List<String>> whole = Cutting.cuts(octets, octets.length, LIMITS);
        assertThat(Cutting.cuts(octets, 1, LIMITS)).isEqualTo(whole);
        assertThat(Cutting.cuts(octets, 2 + (input[0] & 0x7F), LIMITS)).isEqualTo(whole);
        List<List<String>> commands = whole.stream()
            .takeWhile(cut -> !cut.get(0).equals("refused"))
            .filter(cut -> !cut.get(0).equals("+"))
            .toList();
        assertThat(commands).isEqualTo(new CutterModel(octets, LIMITS).commands());
    }
}

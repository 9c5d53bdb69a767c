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

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Frames are the same however their octets arrive, and are what {@link CutterModel} says: no octet of a literal is ever a command. */
class FramingFuzzTest {
    private static final FrameLimits LIMITS = new FrameLimits(1024, 4096, 256);

    @FuzzTest
    void framesShouldBeThoseOfTheModel(byte[] input) {
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

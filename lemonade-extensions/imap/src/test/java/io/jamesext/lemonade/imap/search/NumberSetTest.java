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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.search.NumberSet.Range;

class NumberSetTest {
    @Test
    void rangesShouldBeJoined() {
        assertThat(new NumberSet(List.of(new Range(5, 9), new Range(1, 3), new Range(4, 4), new Range(12, 20), new Range(8, 8))))
            .hasToString("1:9,12:20");
        assertThat(NumberSet.of(LongStream.of(7, 2, 3, 1, 9, 9))).hasToString("1:3,7,9");
        assertThat(NumberSet.of(LongStream.empty())).isEqualTo(NumberSet.EMPTY);
    }

    @Test
    void containsShouldKnowTheEnds() {
        NumberSet set = new NumberSet(List.of(new Range(2, 4), new Range(8, 0xFFFF_FFFFL)));
        assertThat(LongStream.of(1, 2, 4, 5, 7, 8, 9, 0xFFFF_FFFFL, 0x1_0000_0000L).filter(set::contains))
            .containsExactly(2L, 4L, 8L, 9L, 0xFFFF_FFFFL);
    }
}

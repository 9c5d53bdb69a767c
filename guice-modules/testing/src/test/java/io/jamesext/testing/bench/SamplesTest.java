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
package io.jamesext.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void percentilesShouldBeSamples() {
        Samples hundred = new Samples(LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLISECOND).boxed().toList());
        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        Samples three = new Samples(List.of(3 * MILLISECOND, MILLISECOND, 2 * MILLISECOND));
        assertThat(three.percentile(50)).isEqualTo(2);
        assertThat(three.percentile(99)).isEqualTo(3);
    }

    @Test
    void rateShouldBeThatOfTheMedian() {
        assertThat(new Samples(List.of(2 * MILLISECOND, MILLISECOND, 500 * MILLISECOND)).rate()).isEqualTo(500);
    }

    @Test
    void nothingShouldHaveNoFigure() {
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}

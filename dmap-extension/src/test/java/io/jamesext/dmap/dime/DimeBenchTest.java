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
package io.jamesext.dmap.dime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

/** The bench on so little time that its figures mean nothing: that what it measures is what it says. */
class DimeBenchTest {
    @Test
    void eachKindOfWorkShouldComeOutRightAndHaveItsFigure() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        DimeBench.measure(Duration.ZERO, Duration.ZERO, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(5).allMatch(line -> line.matches(".+, per second\t[\\d.E]+"));
    }
}

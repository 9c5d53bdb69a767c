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
package io.jamesext.agap.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

/** What a long header costs: mail can have one of any length. */
class LongHeaderTest {
    private static final int LENGTH = 4_000_000;
    /** Far less than an object for each word would take. */
    private static final long LITTLE = 4L * LENGTH;

    private static long octetsFor(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void itsWordsShouldBeMadeOneByOne() {
        String value = "a ".repeat(LENGTH);
        assertThat(octetsFor(() -> assertThat(XmlText.words(value).iterator().next()).isEqualTo("a"))).isLessThan(LITTLE);
    }

    @Test
    void anItemOfItShouldCostNoList() {
        String value = "first" + ",".repeat(LENGTH);
        assertThat(octetsFor(() -> assertThat(PartPath.parse("HEADER/x[1]").item(value)).contains("first"))).isLessThan(LITTLE);
    }

    @Test
    void itShouldGoOutInBase64() {
        String value = "a ".repeat(LENGTH) + "a";
        assertThat(Leaf.header(value, 600).lines()).isEmpty();
        assertThat(Leaf.header("a ".repeat(100) + "a", 600).lines()).isPresent();
    }
}

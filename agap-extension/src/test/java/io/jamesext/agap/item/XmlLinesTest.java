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
package io.jamesext.agap.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableMap;

class XmlLinesTest {
    /** An empty line would end the body when a client stores again what it was given: section 4.39. */
    @Test
    void noLineShouldBeEmpty() {
        ImmutableMap<String, String> attributes = ImmutableMap.of("A", "a".repeat(200), "B", "b".repeat(200));
        for (int length = 980; length <= 1000; length++) {
            Stream<String> lines = XmlLines.of(XmlElement.leaf("X", attributes, "x".repeat(length)));
            assertThat(lines).allMatch(line -> !line.isEmpty() && line.length() < 1022);
        }
    }
}

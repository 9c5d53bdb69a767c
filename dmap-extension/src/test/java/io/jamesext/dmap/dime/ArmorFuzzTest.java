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

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.kernel.failure.ProtocolException;

/** A text is refused, or its object comes back. */
class ArmorFuzzTest {
    private static final int MAX = 100_000;

    @FuzzTest
    void anyTextShouldBeRefusedOrComeBack(byte[] input) {
        try {
            byte[] object = Armor.decode(new String(input, StandardCharsets.UTF_8), MAX);
            assertThat(Armor.decode(Armor.encode(object), MAX)).isEqualTo(object);
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }
}

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

package io.jamesext.lemonade.imap.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetUnicodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Grün & Blau", "日本語", "한국어", "😊", "a\u00a0b", "a\u200db", "a\ufeffb", "\ue000"})
    void textShouldBeAllowed(String name) {
        assertThat(NetUnicode.allows(name)).isTrue();
    }

    /** Controls, DEL, C1, line and paragraph separators; a mark of byte order; half a pair; not assigned; not normalised. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\tb", "a\u001f", "\u007f", "\u0085", "\u009f", "a\u2028b", "a\u2029b", "\ufeffa", "\ud83d",
        "a\u0378", "\ufdd0", "\uffff", "Gru\u0308n", "\u212b", "\u1112\u1161\u11ab"})
    void otherTextShouldNot(String name) {
        assertThat(NetUnicode.allows(name)).isFalse();
    }
}

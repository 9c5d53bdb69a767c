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
package io.jamesext.ximss.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

class CommandWordsTest {
    @Test
    void blanksShouldPartWords() {
        assertThat(CommandWords.of("\n  AddUser\ta@b.org \r\n secret ")).containsExactly("AddUser", "a@b.org", "secret");
    }

    @Test
    void quotesShouldHoldThemTogether() {
        assertThat(CommandWords.of("a \"b c\" 'd \"e' f\"g 'h\"i'j' \"\" k\\\"l\""))
            .containsExactly("a", "b c", "d \"e", "fg 'hij", "", "k\\l");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "a \"b", "a 'b\"", "\""})
    void others(String text) {
        assertThatThrownBy(() -> CommandWords.of(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void lengthShouldBeLimited() {
        assertThat(CommandWords.of("x".repeat(4096))).hasSize(1);
        assertThatThrownBy(() -> CommandWords.of("x".repeat(4097))).isInstanceOf(ProtocolException.class);
    }
}

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
package io.jamesext.agap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static LineReader arguments(String line) {
        return new Line(line).arguments();
    }

    @Test
    void argumentsShouldBeReadFromLeftToRight() {
        LineReader arguments = arguments("STAG 00000001 + SEEN FLAG=RED");

        assertThat(arguments.atom()).contains("00000001");
        assertThat(arguments.expectAtom("action")).isEqualTo("+");
        assertThat(arguments.expectRest("tags")).isEqualTo("SEEN FLAG=RED");
        assertThat(arguments.atEnd()).isTrue();
        assertThat(arguments.atom()).isEmpty();
    }

    @Test
    void twoSpacesShouldBeNoArgument() {
        LineReader arguments = arguments("LIST  /x");

        assertThat(arguments.atom()).isEmpty();
        assertThatThrownBy(() -> arguments.expectRest("path")).hasMessageContaining("one space");
        assertThatThrownBy(arguments::expectEnd).hasMessageContaining("INVALID");
    }

    @Test
    void aPasswordShouldKeepItsBlanks() {
        assertThat(arguments("PASS  a b ").expectVerbatim("password")).isEqualTo(" a b ");
        assertThat(arguments("PASS ").expectVerbatim("password")).isEmpty();
    }

    @Test
    void verbsShouldBeReadInEitherCase() {
        assertThat(new Line("noOp x").verb()).isEqualTo("NOOP");
        assertThat(new Line("").verb()).isEmpty();
        assertThat(new Line(" NOOP").verb()).isEmpty();
    }
}

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
package io.jamesext.ximss.op.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({"*,a.b,true", "%,a.b,false", "%,a,true", "%.%,a.b,true", "a*,a.b,true", "a%,a.b,false", "*b,a.b,true", "'','',true",
        "'',a,false", "a,a,true", "a,b,false", "*.b.*,a.b.c,true", "%b,a.b,false", "**,a.b,true", "*%,a.b,true", "A,a,false"})
    void shouldMatchAsImapDoes(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern, '.').matches(name)).isEqualTo(matches);
    }
}

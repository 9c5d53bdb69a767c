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
package io.jamesext.ximss.op.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {
    @ParameterizedTest
    @CsvSource({"*, anything, true", "'', '', true", "'', a, false", "a, a, true", "a, b, false", "a*, a, true", "a*a, a, false",
        "a*a, aa, true", "a*b*c, aXbYc, true", "a*b*c, aXcYb, false", "*ab*ab, abab, true", "*ab*ab, aab, false", "*.html, x.htm, false",
        "a.c, abc, false", "**, x, true", "a**b, ab, true", "*aa*aa*, aaa, false", "%, x, false"})
    void starShouldStandForAnything(String picture, String name, boolean matches) {
        assertThat(new Picture(picture).matches(name)).isEqualTo(matches);
    }
}

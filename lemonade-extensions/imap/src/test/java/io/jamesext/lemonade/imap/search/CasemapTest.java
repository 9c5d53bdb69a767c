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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CasemapTest {
    @Test
    void textsThatDifferByCaseOrCompositionShouldBeEqual() {
        assertThat(Casemap.fold("Crème BRÛLÉE")).isEqualTo(Casemap.fold("cre\u0300me bru\u0302le\u0301e"));
        assertThat(Casemap.fold("ǆ")).isEqualTo(Casemap.fold("Ǆ"));
        assertThat(Casemap.fold("é")).isNotEqualTo(Casemap.fold("e"));
        assertThat(Casemap.fold("МОСКВА")).isEqualTo(Casemap.fold("москва"));
    }
}

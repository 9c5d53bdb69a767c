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

import java.text.Normalizer;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasemapTest {
    @Test
    void textsThatDifferByCaseOrCompositionShouldBeEqual() {
        assertThat(Casemap.fold("Crème BRÛLÉE")).isEqualTo(Casemap.fold("cre\u0300me bru\u0302le\u0301e"));
        assertThat(Casemap.fold("ǆ")).isEqualTo(Casemap.fold("Ǆ"));
        assertThat(Casemap.fold("é")).isNotEqualTo(Casemap.fold("e"));
        assertThat(Casemap.fold("МОСКВА")).isEqualTo(Casemap.fold("москва"));
    }

    /** RFC 5051 section 2, step 2, on UnicodeData.txt: the titlecase property, then decompositions of any type until there are no more. */
    @ParameterizedTest
    @CsvSource({
        // The example of the RFC; the small and the title form are the same.
        "01C4, 0044 007A 030C", "01C5, 0044 007A 030C", "01C6, 0044 007A 030C",
        "0061, 0041", "007A, 005A", "0041, 0041", "0031, 0031",
        "00E9, 0045 0301", "00C9, 0045 0301", "1E69, 0053 0323 0307", "00B5, 039C", "00FF, 0059 0308",
        "0131, 0049", "0130, 0049 0307", "017F, 0053", "03C2, 03A3", "0345, 0399",
        // Titlecased first: what comes out of a decomposition stays small. There is no full case mapping.
        "FB01, 0066 0069", "00DF, 00DF", "0149, 02BC 006E", "1E9E, 1E9E", "2460, 0031", "00BD, 0031 2044 0032", "FF41, 0041",
        "1F80, 0391 0313 0345", "212A, 004B", "212B, 0041 030A", "2126, 03A9", "33D7, 0050 0048", "00A0, 0020", "2026, 002E 002E 002E",
        // Georgian is its own title form; Cherokee, Deseret and the letters of mathematics are not.
        "10D0, 10D0", "13F8, 13F0", "AB70, 13A0", "10428, 10400", "1D41A, 0061", "1E922, 1E900",
        "AC01, 1100 1161 11A8", "0929, 0928 093C",
        "FDFA, 0635 0644 0649 0020 0627 0644 0644 0647 0020 0639 0644 064A 0647 0020 0648 0633 0644 0645",
        "1F600, 1F600", "E000, E000"})
    void signsShouldBecomeWhatTheDocumentSays(String sign, String folded) {
        assertThat(hex(Casemap.fold(Character.toString(Integer.parseInt(sign, 16))))).isEqualTo(folded);
    }

    /** So that a part of a text is a part of what becomes of it. Half a pair stands for itself. */
    @Test
    void eachSignShouldBecomeTheSameWhereverItStands() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String sign = Character.toString(point);
            String alone = Casemap.fold(sign);
            assertThat(alone).isNotEmpty();
            if (!Character.isSurrogate(sign.charAt(0)) || sign.length() == 2) {
                assertThat(Casemap.fold("a" + sign + "é")).isEqualTo("A" + alone + "E\u0301");
                assertThat(Normalizer.isNormalized(alone, Normalizer.Form.NFKD)).isTrue();
            }
        }
    }

    private static String hex(String text) {
        return text.codePoints().mapToObj(point -> String.format("%04X", point)).collect(Collectors.joining(" "));
    }
}

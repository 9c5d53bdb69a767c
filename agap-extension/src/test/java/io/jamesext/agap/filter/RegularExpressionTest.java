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
package io.jamesext.agap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

class RegularExpressionTest {
    private static boolean found(String expression, String text) {
        return RegularExpression.parse(expression).isIn(text.replace("~", "\n").replace("@t", "\t").replace("@r", "\r"));
    }

    /** Figure 1, line by line: what is in the text, and what is not. In the texts ~ is a line feed, @t a tab, @r a carriage return. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', nullValues = "NONE", value = {
        "XY aXYb XaY", "X|Y aYb ab", ". a ~", "a.b axb a~b",
        "x axb aXb", "a\\\\b a\\b ab", "\\x41 A a", "\\x2e . a", "\\u20ac € e", "\\u0041 A a", "a\\tb a@tb atb", "a\\nb a~b anb",
        "a\\rb a@rb arb",
        "[abc] xbx xdx", "[^abc] abcd abc", "[a-zA-Z] 1Q2 123", "[a-] - b", "[^^] a ^", "[\\x41-\\x43] B D", "[\\]x] ] a",
        "[.*] * a", "[a\\-c] - b", "[[:alpha:]] :] a", "[&&a] & b",
        "^b a~b~c ab", "b$ a~b~c bc", "^$ a~~b ab", "\\bcat a~cat concat", "\\Bcat concat cat",
        "^ab?c$ ac abbc", "^ab*c$ abbbc adc", "^ab+c$ abbbc ac", "^a{3}$ aaa aaaa", "^a{2,}$ aaaa a", "^a{2,3}$ aaa aaaa",
        "^ab??c$ abc abbc", "^ab*?c$ ac adc", "^ab+?c$ abc ac", "^a{2}?$ aa aaa", "^a{2,}?$ aaa a", "^a{1,2}?$ aa aaa",
        "^(a|bc){2}$ abc bcb", "^(a(b|c))+$ abac aba", "\\. a.b ab", "\\(\\) () a", "a{ a{ a", "a{,3} a{,3} aaa", "]} ]} a",
        "a|| b NONE", "() b NONE", "😀+$ a😀😀 😀a", "[😀-😂] 😁 a", "€ € e"})
    void theConstructsOfFigureOneShouldMatch(String expression, String text, @Nullable String other) {
        assertThat(found(expression, text)).isTrue();
        if (other != null) {
            assertThat(found(expression, other)).isFalse();
        }
    }

    @Test
    void theDraftsOwnExpressionsShouldMatch() {
        assertThat(found("^[0-9]+@example\\.com$", "12345@example.com")).isTrue();
        assertThat(found("^[0-9]+@example\\.com$", "x12345@example.com")).isFalse();
        assertThat(found("^[A-Za-z]+[0-9]$", "Orga9")).isTrue();
        assertThat(found("^[A-Za-z]+[0-9]${", "Orga9")).isFalse();
        assertThat(found("[Vv][i1]agra", "Buy V1agra")).isTrue();
        // Section 7.7: with its own name the draft's contact would not be found, for these have case and order.
        assertThat(found("RADU.*?", "RADU Iulian")).isTrue();
        assertThat(found(".*? Iulian", "RADU Iulian")).isTrue();
        assertThat(found("RADU.*?", "Iulian Radu")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "+a", "?", "{3}", "a|*", "(*)", "a**", "a+*", "a???", "a{2}{3}", "a{3,2}", "a{1001}", "a{1,1001}",
        "a{1001,}",
        "a{99999999999999999999}", "(", ")", "a)", "(a", "(?i)a", "(?:a)", "(?P<x>a)", "[", "[]", "[^]", "[a", "[b-a]", "[\\d]",
        "[\\b]", "\\",
        "[\\", "\\d", "\\w", "\\s", "\\pL", "\\A", "\\z", "\\Q", "\\1", "\\0", "\\C", "\\x4", "\\x{41}", "\\xg1", "\\u41", "\\ud83d", "\\ü",
        "\\x４１"})
    void whatIsNotInSectionTwoFourShouldBeRefused(String expression) {
        assertThatThrownBy(() -> RegularExpression.parse(expression))
            .isInstanceOf(ProtocolException.class).hasMessageStartingWith("INVALID filter definition (regular expression: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{1000}){1000}", "((a{100}){100}){100}", "(((a{50}){50}){50}b)*", "a{1000}a{1000}a", "((a?){999}){3}"})
    void expressionsShouldNotGrowWithoutBounds(String expression) {
        assertThatThrownBy(() -> RegularExpression.parse(expression)).hasMessageContaining("too big");
    }

    @Test
    void lengthAndDepthShouldBeLimited() {
        assertThatThrownBy(() -> RegularExpression.parse("a".repeat(2000))).hasMessageContaining("too long");
        assertThatThrownBy(() -> RegularExpression.parse("(".repeat(1000))).hasMessageContaining("too many groups");
        assertThat(RegularExpression.parse("(".repeat(32) + "a" + ")".repeat(32)).isIn("a")).isTrue();
        assertThat(RegularExpression.parse("^a{1000}$").isIn("a".repeat(1000))).isTrue();
    }

    /** java.util.regex would be at each of these for years. */
    @ParameterizedTest
    @ValueSource(strings = {"a*a*a*a*a*a*b", "(a*)*b", "(a|a)*b", "(a|aa)+$b", "^(a+)+b", "(.*)(.*)(.*)(.*)b", "(a?){50}a{50}b"})
    @Timeout(60)
    void timeShouldGrowWithTheTextOnly(String expression) {
        assertThat(RegularExpression.parse(expression).isIn("a".repeat(Facts.MAX_CHARACTERS))).isFalse();
    }
}

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

import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.common.collect.ImmutableList;

class ComparisonTest {
    private static Verdict verdict(Comparison comparison, String text, String... values) {
        return new Rule.Is("a", comparison, text).verdict(facts(values));
    }

    private static Facts facts(String... values) {
        return new Facts(MessageUid.of(1), new Flags(), path -> Optional.of(ImmutableList.copyOf(values)));
    }

    /** Each is less than the next. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "9|10", "-10|9", "-2147483648|2147483647", "007|8", "+1|2",
        // Not a number of section 2.3: as text.
        "10000000000|9", "10|9x", "1.5|1.50", "a|b", "B|a", "a|aa", "ä|ö", "\uFFFD|😀",
        "2011-06-07T18:00:00Z|2011-06-07T18:00:01Z", "2011-06-07T23:59:59Z|2011-06-07T24:00:00Z",
        "2011-06-07T24:00:00Z|2011-06-08T00:00:01Z",
        "2011-06-07T18:00:00+02:00|2011-06-07T17:00:00Z", "2011-06-07|2011-06-07T00:00:01Z", "2011-06-07|2011-06-08",
        "Tue, 16 Mar 2010 12:14:24 +0100|2010-03-16T11:14:25Z", "15 Mar 2010 11:13:23 +0100 (CET)|Tue, 16 Mar 2010 12:14 +0000",
        "Sun, 6 Nov 1994 08:49:37 GMT|7 Nov 1994 00:00:00 +0000",
        // No such day: as text.
        "2011-02-29|2011-02-30", "Mon, 99 Mar 2010 12:14:24 +0100|Tue, 16 Mar 2010 12:14:24 +0100"})
    void numbersTimesAndTextsShouldHaveTheirOrder(String one, String other) {
        assertThat(verdict(Comparison.LESS, other, one)).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.AT_MOST, other, one)).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.GREATER, other, one)).isEqualTo(Verdict.NO);
        assertThat(verdict(Comparison.AT_LEAST, other, one)).isEqualTo(Verdict.NO);
        assertThat(verdict(Comparison.GREATER, one, other)).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.LESS, one, other)).isEqualTo(Verdict.NO);
        assertThat(verdict(Comparison.AT_LEAST, one, one)).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.AT_MOST, one, one)).isEqualTo(Verdict.YES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "AGAP RFC Party|AGAP RFC Party|true", "AGAP|AGAP RFC|false", "agap|AGAP|false", "*RFC*|AGAP RFC Party|true", "*RFC*|RFC|true",
        "RFC*|RFC Party|true", "RFC*|AGAP RFC|false", "*RFC|AGAP RFC|true", "*RFC|RFC Party|false", "*|anything|true", "**|x|true",
        "A*P|AGAP|false", "A*P|A*P|true", "\\*RFC|*RFC|true", "\\*RFC|an RFC|false", "RFC\\*|RFC*|true", "RFC\\*|RFCs|false",
        "*\\*|a star *|true", "*\\*|a star|false", "1|01|false", "a\\b|a\\b|true"})
    void equalityShouldBeExactButForStarsAtTheEnds(String text, String value, boolean equal) {
        assertThat(verdict(Comparison.EQUAL, text, value)).isEqualTo(Verdict.of(equal));
        assertThat(verdict(Comparison.UNEQUAL, text, value)).isEqualTo(Verdict.of(!equal));
    }

    @Test
    void ofSeveralValuesOneShouldBeEnoughButForInequality() {
        assertThat(verdict(Comparison.EQUAL, "b", "a", "b")).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.UNEQUAL, "b", "a", "b")).isEqualTo(Verdict.NO);
        assertThat(verdict(Comparison.UNEQUAL, "c", "a", "b")).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.GREATER, "a", "a", "b")).isEqualTo(Verdict.YES);
        assertThat(new Rule.Regex("a", false, RegularExpression.parse("b")).verdict(facts("a", "b"))).isEqualTo(Verdict.YES);
        assertThat(new Rule.Regex("a", true, RegularExpression.parse("b")).verdict(facts("a", "b"))).isEqualTo(Verdict.NO);
    }

    @Test
    void whatIsNotThereShouldOnlyBeUnequal() {
        for (Comparison comparison : Comparison.values()) {
            assertThat(verdict(comparison, "")).isEqualTo(Verdict.of(comparison == Comparison.UNEQUAL));
        }
        assertThat(new Rule.Regex("a", false, RegularExpression.parse("")).verdict(facts())).isEqualTo(Verdict.NO);
        assertThat(new Rule.Regex("a", true, RegularExpression.parse("")).verdict(facts())).isEqualTo(Verdict.YES);
    }

    @Test
    void theLastEndOfALineShouldNotCount() {
        assertThat(verdict(Comparison.EQUAL, "one line", "one line\n")).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.EQUAL, "*line", "two\nline\r\n\r\n")).isEqualTo(Verdict.YES);
    }

    @Test
    void onlyTheBeginningOfALongFieldShouldBeLookedAt() {
        String text = "a".repeat(Facts.MAX_CHARACTERS - 1) + "bc";

        assertThat(verdict(Comparison.EQUAL, "*b", text)).isEqualTo(Verdict.YES);
        assertThat(verdict(Comparison.EQUAL, "*c", text, "c")).isEqualTo(Verdict.NO);
    }
}

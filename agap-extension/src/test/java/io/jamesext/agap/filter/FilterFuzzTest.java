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

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.ProtocolException;

/** Filters are refused in words of their own, or can be used. */
class FilterFuzzTest {
    private static final ImmutableList<String> VALUES =
        ImmutableList.of("", "Quarterly report", "2011-06-07T24:00:00Z", "-12", "a\nb\n", "ü😀");

    @FuzzTest
    void linesShouldBeRefusedOrUnderstood(byte[] input) {
        String filter = new String(input, StandardCharsets.UTF_8);
        try {
            use(FilterReader.read(filter));
        } catch (ProtocolException e) {
            assertThat(e.text()).startsWith("INVALID filter definition (");
        }
    }

    @FuzzTest
    void xmlShouldBeRefusedOrUnderstood(byte[] input) {
        try {
            StoredFilter filter = StoredFilter.read(new String(input, StandardCharsets.UTF_8));
            assertThat(filter.folders()).isNotEmpty();
            use(filter.rule());
        } catch (ProtocolException e) {
            assertThat(e.text()).containsPattern("^(INVALID|Cannot store it,) ");
        }
    }

    @FuzzTest
    void expressionsShouldBeRefusedOrUnderstood(byte[] input) {
        try {
            RegularExpression expression = RegularExpression.parse(new String(input, StandardCharsets.UTF_8));
            assertThat(expression.states()).isBetween(0, RegexReader.MAX_STATES);
            VALUES.forEach(expression::isIn);
        } catch (ProtocolException e) {
            assertThat(e.text()).startsWith("INVALID filter definition (");
        }
    }

    /** What is open must be decided by the item, and what is decided stay so. */
    private static void use(Rule rule) {
        Flags flags = new Flags("a");
        Verdict before = rule.verdict(new Facts(MessageUid.of(7), flags, path -> Optional.empty()));
        Verdict after = rule.verdict(new Facts(MessageUid.of(7), flags, path -> Optional.of(VALUES)));
        assertThat(after).isNotEqualTo(Verdict.OPEN);
        assertThat(before).isIn(after, Verdict.OPEN);
        assertThat(after == Verdict.YES && !rule.span().includes(MessageUid.of(7))).isFalse();
        Narrowing.query(rule);
    }
}

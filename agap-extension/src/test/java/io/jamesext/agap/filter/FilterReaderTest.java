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

import java.util.Optional;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.tag.Tag;
import io.jamesext.kernel.failure.ProtocolException;

class FilterReaderTest {
    private static final Rule A = tag("A");
    private static final Rule B = tag("B");
    private static final Rule C = tag("C");

    private static Rule tag(String name) {
        return new Rule.Tagged(new Tag(name, Optional.empty()));
    }

    private static Rule and(Rule... rules) {
        return new Rule.And(ImmutableList.copyOf(rules));
    }

    private static Rule or(Rule... rules) {
        return new Rule.Or(ImmutableList.copyOf(rules));
    }

    @Test
    void rulesShouldBeBoundAsTheNotesSay() {
        assertThat(FilterReader.read("")).isEqualTo(and());
        assertThat(FilterReader.read("TAG A TAG B")).isEqualTo(and(A, B));
        assertThat(FilterReader.read("TAG A OR TAG B TAG C")).isEqualTo(and(A, or(B, C)));
        assertThat(FilterReader.read("TAG A OR (TAG B TAG C) TAG A")).isEqualTo(and(A, or(B, C), A));
        assertThat(FilterReader.read("OR TAG B\tTAG C")).isEqualTo(and(or(B, C)));
        assertThat(FilterReader.read("not(tag a or tag b)")).isEqualTo(and(new Rule.Not(and(A, or(B)))));
        assertThat(FilterReader.read("NOT OR(TAG A TAG B) TAG C")).isEqualTo(and(new Rule.Not(or(A, B)), C));
        assertThat(FilterReader.read("NOT NOT TAG A TAG B")).isEqualTo(and(new Rule.Not(new Rule.Not(A)), B));
        assertThat(FilterReader.read("UID 1:zz uid x")).isEqualTo(and(new Rule.Uids("1", "zz"), new Rule.Uids("x", "x")));
    }

    private static Rule is(String path, Comparison comparison, String text) {
        return new Rule.Is(path, comparison, text);
    }

    @Test
    void fieldsShouldBeReadWithTheirTexts() {
        assertThat(FilterReader.read("IS /MESSAGE/HEADER/SUBJECT = 'From University'"))
            .isEqualTo(and(is("/MESSAGE/HEADER/SUBJECT", Comparison.EQUAL, "From University")));
        assertThat(FilterReader.read("is a < '' Is a <= ')' iS a != '(' IS a >= '=' IS a > 'TAG A'")).isEqualTo(and(
            is("a", Comparison.LESS, ""), is("a", Comparison.AT_MOST, ")"), is("a", Comparison.UNEQUAL, "("),
            is("a", Comparison.AT_LEAST, "="), is("a", Comparison.GREATER, "TAG A")));
        assertThat(FilterReader.read("OR(IS a = 'x' TAG A)")).isEqualTo(and(or(is("a", Comparison.EQUAL, "x"), A)));
        assertThat(FilterReader.read("NOT REGEX /VCARD/ORG != '^[A-Za-z]+[0-9]$'\nTAG A")).isEqualTo(
            and(new Rule.Not(new Rule.Regex("/VCARD/ORG", true, RegularExpression.parse("^[A-Za-z]+[0-9]$"))), A));
    }

    /** Only the quote and the backslash need one, so that expressions can be written as in section 2.4 and as in section 4.3.1. */
    @Test
    void backslashesShouldEscapeQuotesAndThemselves() {
        assertThat(FilterReader.read("IS a = 'it\\'s \\\\ and \\.'")).isEqualTo(and(is("a", Comparison.EQUAL, "it's \\ and \\.")));
        assertThat(FilterReader.read("REGEX a = 'a\\.b'")).isEqualTo(FilterReader.read("REGEX a = 'a\\\\.b'"));
        assertThat(FilterReader.read("IS a = '\\\\'")).isEqualTo(and(is("a", Comparison.EQUAL, "\\")));
    }

    /** Section 4.3.1: only groups and their operators go over several lines. */
    @ParameterizedTest
    @ValueSource(strings = {"UID\n1", "TAG\nA", "IS\na = 'x'", "IS a\n= 'x'", "IS a =\n'x'", "IS a = 'x\ny'", "REGEX a =\n'x'"})
    void aRuleShouldBeOnOneLine(String filter) {
        assertThatThrownBy(() -> FilterReader.read(filter)).isInstanceOf(ProtocolException.class);
        assertThat(FilterReader.read("NOT\nOR\n(\nTAG A\nTAG B\n)\nTAG C")).isEqualTo(and(new Rule.Not(or(A, B)), C));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATER", "TAG", "TAG (", "TAG a_b", "UID", "UID :", "UID 1:", "UID 1:2:3", "UID -1", "(", ")", "()", "AND",
        "OR ()", "NOT", "NOT NOT", "NOT AND TAG A", "TAG A )", "( TAG A", "IS", "IS a", "IS a =", "IS = 'x'", "IS a = x",
        "IS a = 'x", "IS a = 'x\\'", "IS a == 'x'",
        "IS a ~ 'x'", "IS a='x'", "IS a ='x'", "IS a = 'x'y", "IS a = 'x''y'", "IS (a) = 'x'", "REGEX a < 'x'", "REGEX a = '('",
        "REGEX a = '\\d'",
        "REGEX a = 'x{1001}'", "AND IS a = 'x' )", "'x'"})
    void otherFiltersShouldBeRefused(String filter) {
        assertThatThrownBy(() -> FilterReader.read(filter)).isInstanceOf(ProtocolException.class).hasMessageStartingWith("INVALID filter");
    }

    @Test
    void depthAndNumberOfRulesShouldBeLimited() {
        assertThatThrownBy(() -> FilterReader.read("( ".repeat(30_000))).hasMessageContaining("too many groups");
        assertThatThrownBy(() -> FilterReader.read("AND ".repeat(16_000))).hasMessageContaining("too many groups");
        assertThatThrownBy(() -> FilterReader.read("NOT ".repeat(16_000))).hasMessageContaining("too many groups");
        assertThatThrownBy(() -> FilterReader.read("TAG A ".repeat(10_000))).hasMessageContaining("too many rules");
        assertThatThrownBy(() -> FilterReader.read("IS a = '" + "x".repeat(60_000) + "'")).hasMessageContaining("too long");
        assertThatThrownBy(() -> FilterReader.read("IS " + "a".repeat(60_000) + " = 'x'")).hasMessageContaining("not a field");
        assertThatThrownBy(() -> FilterReader.read("REGEX a = 'x{900}' ".repeat(10))).hasMessageContaining("too big");
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            fields.append("IS a").append(i).append(" = 'x' ");
        }
        assertThatThrownBy(() -> FilterReader.read(fields.toString())).hasMessageContaining("too many fields");
    }

    @Test
    void garbageShouldBeRefusedAndNothingElse() {
        String[] words = {"AND", "OR", "NOT", "(", ")", "TAG", "UID", "IS", "A", "A=b", "00000001", "1:2", "'", "'x'", "=", "<", "REGEX",
            "HEADER/a", "'[x'", "\\", "\n", " ", "\t", "ä"};
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder filter = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                filter.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                FilterReader.read(filter.toString())
                    .verdict(new Facts(MessageUid.of(1), new Flags(), path -> Optional.of(ImmutableList.of("x"))));
            } catch (ProtocolException e) {
                assertThat(e.text()).as("seed %d: %s", seed, filter).startsWith("INVALID filter");
            }
        }
    }
}

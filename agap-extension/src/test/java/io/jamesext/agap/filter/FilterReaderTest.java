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
        assertThat(FilterReader.read("UID 1:zz uid x")).isEqualTo(and(new Rule.Uids("1", "zz"), new Rule.Uids("x", "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATER", "TAG", "TAG (", "TAG a_b", "UID", "UID :", "UID 1:", "UID 1:2:3", "UID -1", "(", ")", "()", "AND",
        "OR ()", "NOT", "NOT NOT TAG A", "NOT AND TAG A", "TAG A )", "( TAG A", "IS /MESSAGE/HEADER/subject = 'x'", "REGEX x = 'y'"})
    void otherFiltersShouldBeRefused(String filter) {
        assertThatThrownBy(() -> FilterReader.read(filter)).isInstanceOf(ProtocolException.class).hasMessageStartingWith("INVALID filter");
    }

    @Test
    void depthAndNumberOfRulesShouldBeLimited() {
        assertThatThrownBy(() -> FilterReader.read("( ".repeat(30_000))).hasMessageContaining("too many groups");
        assertThatThrownBy(() -> FilterReader.read("AND ".repeat(16_000))).hasMessageContaining("too many groups");
        assertThatThrownBy(() -> FilterReader.read("TAG A ".repeat(10_000))).hasMessageContaining("too many rules");
    }

    @Test
    void garbageShouldBeRefusedAndNothingElse() {
        String[] words = {"AND", "OR", "NOT", "(", ")", "TAG", "UID", "IS", "A", "A=b", "00000001", "1:2", "'", " ", "\t", "ä"};
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder filter = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                filter.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                FilterReader.read(filter.toString()).matches(MessageUid.of(1), new Flags());
            } catch (ProtocolException e) {
                assertThat(e.text()).as("seed %d: %s", seed, filter).startsWith("INVALID filter");
            }
        }
    }
}

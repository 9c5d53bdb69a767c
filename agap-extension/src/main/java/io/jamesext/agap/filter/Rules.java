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

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.wire.Base62;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Makes the rules of one filter, of either form, and keeps count of what they will cost. AGAP section 4.3. Each method fails when its
 * arguments are not of their form, or the filter would cost too much.
 */
final class Rules {
    /** Groups in groups, and operators in a row, each of which begins one. */
    static final int MAX_DEPTH = 32;
    /** Bounds what one search asks of James and of each item. */
    static final int MAX_TESTS = 500;
    /** Different fields: each may have to be cut out of a long message. */
    static final int MAX_FIELDS = 32;
    /** Of all regular expressions together. */
    static final int MAX_STATES = 4000;
    /** A path, and the text of a rule in XML; one in a line of the protocol is never longer. */
    static final int MAX_LENGTH = 1024;

    private final Set<String> fields = new HashSet<>();
    private int tests;
    private int states;

    /** {@code UID uid} or {@code UID first:last}. */
    Rule uid(String range) {
        count();
        int colon = range.indexOf(':');
        String first = colon < 0 ? range : range.substring(0, colon);
        String last = range.substring(colon + 1);
        if (!Base62.isIdentifier(first) || !Base62.isIdentifier(last)) {
            throw invalid("not a UID");
        }
        return new Rule.Uids(first, last);
    }

    /** {@code TAG name} or {@code TAG name=value}. */
    Rule tag(String tag) {
        count();
        return new Rule.Tagged(Tag.parse(tag).orElseThrow(() -> invalid("not a tag")));
    }

    /** {@code IS path op text}. */
    Rule is(String path, String operator, String text) {
        count();
        field(path);
        Comparison comparison = Comparison.of(operator).orElseThrow(() -> invalid("IS has the operators < <= = != >= >"));
        if (text.length() > MAX_LENGTH) {
            throw invalid("a text is too long");
        }
        return new Rule.Is(path, comparison, text);
    }

    /** {@code REGEX path op expression}. */
    Rule regex(String path, String operator, String expression) {
        count();
        field(path);
        if (!operator.equals("=") && !operator.equals("!=")) {
            throw invalid("REGEX has the operators = and !=");
        }
        RegularExpression compiled = RegularExpression.parse(expression);
        states += compiled.states();
        if (states > MAX_STATES) {
            throw invalid("the regular expressions are too big");
        }
        return new Rule.Regex(path, operator.equals("!="), compiled);
    }

    /** A group of at least one rule. */
    static Rule group(boolean any, ImmutableList<Rule> rules) {
        if (rules.isEmpty()) {
            throw invalid("a group without rules");
        }
        return any ? new Rule.Or(rules) : new Rule.And(rules);
    }

    private void count() {
        tests++;
        if (tests > MAX_TESTS) {
            throw invalid("too many rules");
        }
    }

    private void field(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH || Stream.of(" ", "\t", "\n").anyMatch(path::contains)) {
            throw invalid("not a field");
        }
        fields.add(path);
        if (fields.size() > MAX_FIELDS) {
            throw invalid("too many fields");
        }
    }

    static ProtocolException invalid(String why) {
        return new ProtocolException(Failure.SYNTAX, "INVALID filter definition (" + why + ")");
    }
}

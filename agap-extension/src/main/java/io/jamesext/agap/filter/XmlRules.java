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

import java.util.List;
import java.util.Locale;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.item.XmlElement;

/**
 * Reads the rules of a stored filter. AGAP sections 2.11.6 and 4.3.2. That section calls the keywords lower-case and writes them in upper:
 * either is read. Blanks around a text are the layout of the XML and not part of it.
 */
final class XmlRules {
    private final Rules made = new Rules();

    /** The rules in an element. */
    ImmutableList<Rule> in(XmlElement element, int depth) {
        if (depth > Rules.MAX_DEPTH) {
            throw Rules.invalid("too many groups");
        }
        if (!element.text().isBlank()) {
            throw Rules.invalid("text between rules");
        }
        return element.children().stream().map(child -> rule(child, depth)).collect(ImmutableList.toImmutableList());
    }

    private Rule rule(XmlElement element, int depth) {
        return switch (element.name().toUpperCase(Locale.ROOT)) {
            case "AND" -> Rules.group(false, in(element, depth + 1));
            case "OR" -> Rules.group(true, in(element, depth + 1));
            case "NOT" -> negated(in(element, depth + 1));
            case "UID" -> made.uid(leaf(element));
            case "TAG" -> made.tag(leaf(element));
            case "IS" -> made.is(attribute(element, "PATH"), attribute(element, "OP"), leaf(element));
            case "REGEX" -> made.regex(attribute(element, "PATH"), attribute(element, "OP"), leaf(element));
            default -> throw Rules.invalid("not a rule");
        };
    }

    private static Rule negated(List<Rule> rules) {
        if (rules.size() != 1) {
            throw Rules.invalid("NOT has one rule");
        }
        return new Rule.Not(rules.get(0));
    }

    /** The text of an element without elements. */
    static String leaf(XmlElement element) {
        if (!element.isLeaf()) {
            throw Rules.invalid("elements where a text is expected");
        }
        return element.stripped();
    }

    private static String attribute(XmlElement element, String name) {
        return element.attribute(name)
            .or(() -> element.attribute(name.toLowerCase(Locale.ROOT)))
            .map(String::strip)
            .orElseThrow(() -> Rules.invalid("IS and REGEX have the attributes PATH and OP"));
    }
}

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
package io.jamesext.ximss.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;

/**
 * A mail rule: when all its conditions are met, its actions are done. CommuniGate's manual, "Rules".
 *
 * @param name what the user calls it; no other of the user's rules has that name
 * @param conditions none for all messages
 * @param comment what the user has noted
 */
public record Rule(String name, Priority priority, ImmutableList<Condition> conditions, ImmutableList<Action> actions,
                   Optional<String> comment) {
    /** The order in which rules are applied and listed. */
    public static final Comparator<Rule> ORDER = Comparator.comparing((Rule rule) -> -rule.priority().level()).thenComparing(Rule::name);

    private static final String CONDITION = "condition";
    private static final String ACTION = "action";
    private static final String COMMENT = "comment";
    private static final String PRIORITY = "priority";
    private static final String OP_CODE = "opCode";
    private static final String OPERATOR = "operator";
    private static final Set<String> PARTS = Set.of(CONDITION, ACTION, COMMENT);
    /** These four protect whoever evaluates the rules, for each message that comes. */
    private static final int MAX_CONDITIONS = 20;
    private static final int MAX_ACTIONS = 10;
    private static final int MAX_NAME = 64;
    private static final int MAX_TEXT = 2048;

    /**
     * What a message is asked.
     *
     * @param opCode which condition it is
     * @param operator how the message's value and the text are compared; absent where there is nothing to compare
     */
    public record Condition(String opCode, Optional<String> operator, String text) {
        private Element element() {
            ImmutableMap.Builder<String, String> attributes = ImmutableMap.<String, String>builder().put(OP_CODE, opCode);
            operator.ifPresent(named -> attributes.put(OPERATOR, named));
            return Element.of(CONDITION, attributes.build(), characters(text));
        }
    }

    /**
     * What is done with a message.
     *
     * @param opCode which action it is
     * @param text to what, or with what
     */
    public record Action(String opCode, String text) {
        private Element element() {
            return Element.of(ACTION, Map.of(OP_CODE, opCode), characters(text));
        }
    }

    /**
     * Reads a rule; one that says no priority has {@link Priority#MIDDLE}. Whether the server can do what it says is not looked at here.
     *
     * <pre>{@code name="" priority=""?
     *   <condition opCode="" operator=""?>text</condition>* <action opCode="">text</action>+ <comment>text</comment>?}</pre>
     *
     * @throws ProtocolException when it is none, or longer than a rule may be
     */
    public static Rule of(Element element) {
        if (element.elements().anyMatch(part -> !PARTS.contains(part.name()) || part.elements().findAny().isPresent())) {
            throw new ProtocolException(Failure.SYNTAX, "a rule has conditions, actions and a comment, and these have text");
        }
        List<Condition> conditions = element.elements(CONDITION).limit(MAX_CONDITIONS + 1L)
            .map(part -> new Condition(shortName(OP_CODE, part.required(OP_CODE)),
                part.attribute(OPERATOR).map(named -> shortName(OPERATOR, named)), text(part)))
            .toList();
        List<Action> actions = element.elements(ACTION).limit(MAX_ACTIONS + 1L)
            .map(part -> new Action(shortName(OP_CODE, part.required(OP_CODE)), text(part)))
            .toList();
        List<String> comments = element.elements(COMMENT).limit(2).map(Rule::text).toList();
        if (conditions.size() > MAX_CONDITIONS || actions.size() > MAX_ACTIONS || comments.size() > 1) {
            throw new ProtocolException(Failure.TOO_BIG, "a rule has at most " + MAX_CONDITIONS + " conditions, " + MAX_ACTIONS
                + " actions and one comment");
        }
        if (actions.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "a rule has an action");
        }
        return new Rule(name(element.required("name")), element.attribute(PRIORITY).map(Priority::of).orElse(Priority.MIDDLE),
            ImmutableList.copyOf(conditions), ImmutableList.copyOf(actions), comments.stream().findFirst());
    }

    /**
     * Reads a rule's name.
     *
     * @throws ProtocolException when no rule can have it
     */
    public static String name(String name) {
        if (name.isBlank()) {
            throw new ProtocolException(Failure.SYNTAX, "a rule has a name");
        }
        return shortName("name", name);
    }

    /** The same under another name. */
    public Rule renamed(String newName) {
        return new Rule(newName, priority, conditions, actions, comment);
    }

    /** The same with another priority. */
    public Rule with(Priority other) {
        return new Rule(name, other, conditions, actions, comment);
    }

    /** Whether the server applies it. */
    public boolean isActive() {
        return priority.isActive();
    }

    /** Conditions, actions and comment. */
    public List<Element> body() {
        return Stream.of(conditions.stream().map(Condition::element), actions.stream().map(Action::element),
            comment.stream().map(text -> Element.of(COMMENT, Map.of(), characters(text)))).flatMap(part -> part).toList();
    }

    /** All of it; {@link #of} reads it again. */
    public Element element(String element) {
        return Element.of(element, ImmutableMap.of("name", name, PRIORITY, priority.text()), body());
    }

    private static String shortName(String what, String name) {
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new ProtocolException(Failure.SYNTAX, "the " + what + " of a rule has at most " + MAX_NAME
                + " characters and no control character");
        }
        return name;
    }

    private static List<Text> characters(String text) {
        return text.isEmpty() ? List.of() : List.of(new Text(text));
    }

    private static String text(Element part) {
        String text = part.text();
        if (text.length() > MAX_TEXT) {
            throw new ProtocolException(Failure.TOO_BIG, "a text of a rule has at most " + MAX_TEXT + " characters");
        }
        return text;
    }
}

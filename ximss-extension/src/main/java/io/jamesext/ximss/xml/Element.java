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
package io.jamesext.ximss.xml;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * An immutable XML element: what the frame decoder fires, and the form in which whole messages are handed to the writer.
 *
 * @param name the tag
 * @param attributes in the order of the document
 * @param body elements and text, in order
 */
public record Element(String name, ImmutableMap<String, String> attributes, ImmutableList<Node> body) implements Node {
    /** So many digits never overflow a long. */
    private static final int MAX_DIGITS = 18;

    /** An element from any collections, which are copied. */
    public static Element of(String name, Map<String, String> attributes, List<? extends Node> body) {
        return new Element(name, ImmutableMap.copyOf(attributes), ImmutableList.copyOf(body));
    }

    /** An element without attributes that holds only text. */
    public static Element text(String name, String text) {
        return new Element(name, ImmutableMap.of(), ImmutableList.of(new Text(text)));
    }

    /** An attribute that may be absent. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /**
     * An attribute that must be there.
     *
     * @throws ProtocolException when it is not
     */
    public String required(String attribute) {
        return attribute(attribute)
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "the attribute " + attribute + " is missing"));
    }

    /**
     * A whole number of at least 0 that may be absent.
     *
     * @throws ProtocolException when the attribute is there and is anything else
     */
    public Optional<Long> number(String attribute) {
        return attribute(attribute).map(value -> number(attribute, value));
    }

    /**
     * An attribute that is either absent or has one certain value, as the specification writes {@code checkOld=yes}.
     *
     * @throws ProtocolException when it has another value
     */
    public boolean flag(String attribute, String value) {
        return attribute(attribute).map(found -> {
            if (!found.equals(value)) {
                throw new ProtocolException(Failure.SYNTAX, "the attribute " + attribute + " can only be " + value);
            }
            return true;
        }).orElse(false);
    }

    /** The child elements, in order. */
    public Stream<Element> elements() {
        return body.stream().filter(Element.class::isInstance).map(Element.class::cast);
    }

    /** The child elements of one name, in order. */
    public Stream<Element> elements(String childName) {
        return elements().filter(child -> child.name.equals(childName));
    }

    /** All text directly in this element, joined. */
    public String text() {
        return body.stream().filter(Text.class::isInstance).map(node -> ((Text) node).value()).collect(Collectors.joining());
    }

    /** This element or one below it that a test accepts, the first in document order. */
    public Optional<Element> find(Predicate<Element> test) {
        return test.test(this) ? Optional.of(this)
            : elements().map(child -> child.find(test)).flatMap(Optional::stream).findFirst();
    }

    /**
     * Reads a whole number of at least 0.
     *
     * @param what the attribute's or element's name, for the client's user
     * @throws ProtocolException when it is anything else
     */
    public static long number(String what, String value) {
        Objects.requireNonNull(value);
        boolean digits = !value.isEmpty() && value.length() <= MAX_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new ProtocolException(Failure.SYNTAX, what + " must be a whole number");
        }
        return Long.parseLong(value);
    }
}

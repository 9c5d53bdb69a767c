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
package io.jamesext.agap.item;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.agap.message.XmlText;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.buffer.ByteBufUtil;

/**
 * An element of an item's XML, exactly as it was written: a leaf with its text, or a branch with its elements. AGAP section 2.11.1.
 *
 * @param attributes in the order in which they were written
 * @param children of a branch; none of a leaf
 * @param text of a leaf, with every blank and line end; empty for a branch
 */
public record XmlElement(String name, ImmutableMap<String, String> attributes, ImmutableList<XmlElement> children, String text) {
    /** The attribute that says how a leaf's text is written: section 2.8. */
    public static final String ENCODED = "ENCODED";
    /** Its value for octets, and for text that is written as its octets. */
    public static final String BASE64 = "base64";

    /** In octets: a name and an attribute have to fit on a line of the protocol (section 2.2). */
    private static final int MAX_NAME = 200;
    private static final int MAX_ATTRIBUTE = 700;
    private static final CharMatcher SPACE = CharMatcher.anyOf(" \t\r\n");

    /** Refuses what could not be written on lines of the protocol. */
    public XmlElement {
        if (ByteBufUtil.utf8Bytes(name) > MAX_NAME || !attributes.entrySet().stream().allMatch(at -> fits(at.getKey(), at.getValue()))) {
            throw new ProtocolException(Failure.SYNTAX, "the name of an element or attribute, or an attribute's value, is too long");
        }
    }

    /** True for an attribute that is short enough. */
    static boolean fits(String attribute, String value) {
        return ByteBufUtil.utf8Bytes(attribute) <= MAX_NAME && ByteBufUtil.utf8Bytes(XmlLines.attribute(value)) <= MAX_ATTRIBUTE;
    }

    /** A leaf without attributes. */
    public static XmlElement leaf(String name, String text) {
        return leaf(name, ImmutableMap.of(), text);
    }

    /** A leaf. */
    public static XmlElement leaf(String name, ImmutableMap<String, String> attributes, String text) {
        return new XmlElement(name, attributes, ImmutableList.of(), text);
    }

    /** A branch without attributes. */
    public static XmlElement branch(String name, List<XmlElement> children) {
        return new XmlElement(name, ImmutableMap.of(), ImmutableList.copyOf(children), "");
    }

    /** True for an element without elements. */
    public boolean isLeaf() {
        return children.isEmpty();
    }

    /** The elements of a name in it, in order. */
    public Stream<XmlElement> all(String child) {
        return children.stream().filter(candidate -> candidate.name.equals(child));
    }

    /** The first element of a name in it. */
    public Optional<XmlElement> first(String child) {
        return all(child).findFirst();
    }

    /** An attribute, if it is there. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** True when the text is base64. */
    public boolean isBase64() {
        return attribute(ENCODED).filter(BASE64::equals).isPresent();
    }

    /** The text, or what base64 makes of it as UTF-8; nothing where that is not UTF-8. */
    public Optional<String> decoded() {
        return isBase64() ? XmlText.utf8(Base64Text.octets(text)) : Optional.of(text);
    }

    /** The same without white space at its ends: identifiers, times, and other texts that are no prose. */
    public String stripped() {
        return SPACE.trimFrom(decoded().orElse(""));
    }

    /** The octets: of base64 what it stands for, else of the text in UTF-8. */
    public byte[] octets() {
        return isBase64() ? Base64Text.octets(text) : text.getBytes(StandardCharsets.UTF_8);
    }
}

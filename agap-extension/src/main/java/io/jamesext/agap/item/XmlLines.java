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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import io.jamesext.agap.message.XmlText;
import io.netty.buffer.ByteBufUtil;

/**
 * Writes an element as lines that fit the protocol (AGAP section 2.2), none of them empty, for an empty one ends a body (section 4.39).
 * What is read from them again is the same, but for white space between elements, and base64 in the place of text whose own lines are
 * too long.
 */
final class XmlLines {
    /** Octets of a line, beside its dot. */
    private static final int LINE = 1000;
    /** Octets of attributes that go on the line of their element. */
    private static final int SHORT = 300;
    /** In characters. Longer texts go out in base64, which needs no list of their lines. */
    private static final int MAX_TEXT = 256 * 1024;

    private XmlLines() {
    }

    /** The lines of an element. */
    static Stream<String> of(XmlElement element) {
        if (element.isLeaf()) {
            return leaf(element);
        }
        return Stream.concat(Stream.concat(begin(element).stream(), element.children().stream().flatMap(XmlLines::of)),
            Stream.of(end(element)));
    }

    /** The lines of a leaf. */
    static Stream<String> leaf(XmlElement leaf) {
        return lines(leaf)
            .map(text -> wrapped(begin(leaf, leaf.attributes()), text, end(leaf)))
            .orElseGet(() -> Stream.concat(Stream.concat(begin(leaf, inBase64(leaf)).stream(), base64(leaf)), Stream.of(end(leaf))));
    }

    /** The text's own lines, as XML; empty when it goes out in base64. */
    private static Optional<ImmutableList<String>> lines(XmlElement leaf) {
        return leaf.text().length() > MAX_TEXT || leaf.text().indexOf('\r') >= 0 ? Optional.empty()
            : XmlText.lines(leaf.text(), LINE - ByteBufUtil.utf8Bytes(end(leaf)));
    }

    /** The lines that RETR with a part gives: the text itself, or base64 where the element is in base64. */
    static Stream<String> content(XmlElement leaf) {
        return leaf.isBase64() || lines(leaf).isEmpty() ? base64(leaf) : Splitter.on('\n').splitToStream(leaf.text());
    }

    private static Stream<String> base64(XmlElement leaf) {
        return leaf.isBase64() ? Base64Text.rewrapped(leaf.text()) : Base64Text.lines(leaf.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> inBase64(XmlElement leaf) {
        Map<String, String> attributes = new LinkedHashMap<>(leaf.attributes());
        attributes.put(XmlElement.ENCODED, XmlElement.BASE64);
        return attributes;
    }

    private static Stream<String> wrapped(List<String> begin, ImmutableList<String> text, String end) {
        List<String> lines = new ArrayList<>(begin);
        String open = lines.remove(lines.size() - 1);
        int last = text.size() - 1;
        if (open.length() > 1 && ByteBufUtil.utf8Bytes(open) + ByteBufUtil.utf8Bytes(text.get(0)) + ByteBufUtil.utf8Bytes(end) > LINE) {
            // A line break within the tag is none of the text.
            lines.add(open.substring(0, open.length() - 1));
            open = ">";
        }
        if (last == 0) {
            lines.add(open + text.get(0) + end);
        } else {
            lines.add(open + text.get(0));
            lines.addAll(text.subList(1, last));
            lines.add(text.get(last) + end);
        }
        return lines.stream();
    }

    /** The lines of a branch's start tag. */
    static List<String> begin(XmlElement branch) {
        return begin(branch, branch.attributes());
    }

    private static List<String> begin(XmlElement element, Map<String, String> attributes) {
        List<String> written = attributes.entrySet().stream()
            .map(attribute -> " " + attribute.getKey() + "=\"" + attribute(attribute.getValue()) + "\"").toList();
        String together = String.join("", written);
        if (ByteBufUtil.utf8Bytes(together) <= SHORT) {
            return List.of("<" + element.name() + together + ">");
        }
        return ImmutableList.<String>builder().add("<" + element.name()).addAll(written).add(">").build();
    }

    /** An end tag. */
    static String end(XmlElement element) {
        return "</" + element.name() + ">";
    }

    /** An attribute's value; XML 1.0 section 3.3.3 makes blanks of line ends that stand there as they are. */
    static String attribute(String value) {
        return XmlText.escape(value).replace("\"", "&quot;").replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;");
    }
}

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
import java.util.Base64;
import java.util.List;
import java.util.Random;

import com.google.common.collect.ImmutableMap;

/** Items of all roots with whatever texts XML can hold, and the ways in which clients write them. */
final class RandomItems {
    private static final List<String> PIECES = List.of("\n", "\n\n", "\n\n\n", " ", "  ", "\t", "\r", "\r\n", "<", "&", ">", "]]>",
        "\"", "'", "\\n", "\\,", ";",
        "ä", "€", "😀", "\u0085", "\u2028", "word", "Lorem ipsum dolor sit amet", "&#10;", "&amp;", "=20", "--", ".", "x".repeat(1500),
        "ü".repeat(600), "From here", "a@example.org");
    private static final List<String> ATTRIBUTES = List.of("FMTTYPE", "TYPE", "RELATED", "CN", "X-ODD");
    private static final List<String> PROPERTIES = List.of("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "ATTACH", "STATUS",
        "RRULE", "X-THING", "COMMENT");
    private static final int MANY = 6;

    private final Random random;

    RandomItems(long seed) {
        random = new Random(seed);
    }

    XmlElement item(Root root) {
        return switch (root) {
            case VEVENT, VTODO, VJOURNAL -> properties(root, XmlElement.leaf("UID", " \n" + random.nextLong() + "@agap.at"), "DTSTART");
            case VALARM -> XmlElement.branch(root.name(), List.of(XmlElement.leaf("UID", "a" + random.nextInt()),
                XmlElement.leaf("RELATED-TO", ImmutableMap.of("SOURCE", "vevent"), "b" + random.nextInt()), property("TRIGGER"),
                    property("ACTION")));
            case VCARD -> properties(root, XmlElement.leaf("FN", text()), "REV");
            case CONFIGURATION -> configuration(3);
            case FILE -> file();
            case NOTE -> XmlElement.branch(root.name(), List.of(encoded("SUBJECT"), XmlElement.leaf("CONTENT",
                ImmutableMap.of("TYPE", random.nextBoolean() ? "text/plain" : "text/html"), text())));
            case FILTER -> XmlElement.branch(root.name(), List.of(XmlElement.leaf("ABOUT", text()),
                XmlElement.branch("FOLDERS", List.of(XmlElement.leaf("FOLDER", "/INBOX"))), XmlElement.branch("RULES", List.of(rule(0)))));
            case MESSAGE -> message();
        };
    }

    private XmlElement properties(Root root, XmlElement first, String time) {
        List<XmlElement> leaves = new ArrayList<>(List.of(first, XmlElement.leaf(time, "2011-06-07T24:00:00Z")));
        for (int i = random.nextInt(MANY); i > 0; i--) {
            leaves.add(property(any(PROPERTIES)));
        }
        return XmlElement.branch(root.name(), leaves);
    }

    private XmlElement property(String name) {
        XmlElement leaf = random.nextInt(3) == 0 ? base64(name) : encoded(name);
        ImmutableMap.Builder<String, String> attributes = ImmutableMap.builder();
        attributes.putAll(leaf.attributes());
        ATTRIBUTES.stream().filter(attribute -> random.nextInt(4) == 0)
            .forEach(attribute -> attributes.put(attribute, text().substring(0, 0) + short100()));
        return XmlElement.leaf(name, attributes.buildOrThrow(), leaf.text());
    }

    private String short100() {
        String text = text();
        return text.codePoints().limit(100).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private XmlElement configuration(int depth) {
        List<XmlElement> children = new ArrayList<>();
        for (int i = random.nextInt(MANY); i > 0; i--) {
            children.add(depth > 0 && random.nextInt(3) == 0 ? configuration(depth - 1) : property("näme.x"));
        }
        return depth == 3 ? XmlElement.branch("CONFIGURATION", children) : XmlElement.branch("group", children);
    }

    private XmlElement file() {
        XmlElement content = random.nextBoolean()
            ? XmlElement.leaf("CONTENT", ImmutableMap.of("ENCODED", "utf-8"), text())
            : XmlElement.leaf("CONTENT", random.nextBoolean() ? base64("x").attributes() : ImmutableMap.of(), base64("x").text());
        return XmlElement.branch("FILE", List.of(XmlElement.leaf("NAME", "n" + text()), content));
    }

    private XmlElement rule(int depth) {
        if (depth < 5 && random.nextBoolean()) {
            return XmlElement.branch(any(List.of("AND", "OR", "NOT")), List.of(rule(depth + 1)));
        }
        return XmlElement.leaf("IS", ImmutableMap.of("PATH", "/VCARD/FN", "OP", "<="), text());
    }

    private XmlElement message() {
        List<XmlElement> children = new ArrayList<>();
        children.add(header(List.of("text/plain", "text/html; charset=iso-8859-1", "multipart/mixed; boundary=\"XYZ\"", "nonsense",
            "multipart/alternative; boundary=--", "text/plain; charset=utf-16")));
        if (random.nextBoolean()) {
            children.add(encoded("TEXT"));
        }
        if (random.nextBoolean()) {
            children.add(encoded("HTML"));
        }
        for (int i = 1; i <= random.nextInt(4); i++) {
            XmlElement body = random.nextBoolean() ? base64("BODY") : encoded("BODY");
            children.add(XmlElement.branch("ATTACHMENT-" + i, List.of(header(List.of("text/plain", "text/html; charset=iso-8859-1",
                "text/x; charset=nonsense", "application/x", "multipart/mixed; boundary=b", "message/rfc822", "???")), body)));
        }
        return XmlElement.branch("MESSAGE", children);
    }

    private XmlElement header(List<String> types) {
        List<XmlElement> fields = new ArrayList<>();
        if (random.nextBoolean()) {
            fields.add(encoded("Subject"));
        }
        if (random.nextBoolean()) {
            fields.add(XmlElement.branch("X-odd_x0026_name", List.of(encoded("item"), encoded("item"))));
        }
        if (random.nextBoolean()) {
            fields.add(XmlElement.leaf("content-type", any(types)));
        }
        if (random.nextBoolean()) {
            fields.add(XmlElement.leaf("Content-Transfer-Encoding", any(List.of("7bit", "8BIT", "base64", "quoted-printable", "x-no"))));
        }
        return XmlElement.branch("HEADER", fields);
    }

    /** A text as it is, or with the attribute that says so, or in base64. */
    private XmlElement encoded(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> XmlElement.leaf(name, ImmutableMap.of("ENCODED", "utf-8"), text());
            case 1 -> XmlElement.leaf(name, ImmutableMap.of("ENCODED", "base64"),
                Base64.getMimeEncoder().encodeToString(text().getBytes(StandardCharsets.UTF_8)));
            default -> XmlElement.leaf(name, text());
        };
    }

    private XmlElement base64(String name) {
        byte[] octets = new byte[random.nextInt(3000)];
        random.nextBytes(octets);
        String text = random.nextBoolean() ? Base64.getEncoder().encodeToString(octets) : Base64.getMimeEncoder().encodeToString(octets);
        return XmlElement.leaf(name, ImmutableMap.of("ENCODED", "base64"), (random.nextBoolean() ? "\n    " : "") + text);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(12) + 1); i > 0; i--) {
            text.append(any(PIECES));
        }
        return text.toString();
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** One of the ways to write it. */
    String written(XmlElement element) {
        StringBuilder xml = new StringBuilder(random.nextBoolean() ? "<?xml version=\"1.0\"?>\n" : "");
        write(element, xml);
        return xml.toString();
    }

    private void write(XmlElement element, StringBuilder xml) {
        xml.append('<').append(element.name());
        element.attributes().forEach((name, value) -> xml.append(random.nextBoolean() ? " " : "\n ").append(name).append("='")
            .append(XmlLines.attribute(value).replace("'", "&apos;")).append('\''));
        if (element.isLeaf() && element.text().isEmpty() && random.nextBoolean()) {
            xml.append("/>");
            return;
        }
        xml.append('>');
        if (element.isLeaf()) {
            content(element.text(), xml);
        }
        element.children().forEach(child -> {
            xml.append(random.nextBoolean() ? "" : "\n  ");
            write(child, xml);
        });
        xml.append(random.nextBoolean() || element.isLeaf() ? "" : "\n").append("</").append(element.name()).append(" >");
    }

    private void content(String text, StringBuilder xml) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append(random.nextBoolean() ? "&lt;" : "<![CDATA[<]]>");
                case '>' -> xml.append("&gt;");
                case '\r' -> xml.append("&#13;");
                case '\n' -> xml.append(random.nextBoolean() ? "\n" : "&#xA;");
                default -> xml.append(Character.toString(c)).append(random.nextInt(500) == 0 ? "<!-- & -->" : "");
            }
        });
    }
}

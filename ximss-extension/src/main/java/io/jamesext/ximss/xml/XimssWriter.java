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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.netty.buffer.ByteBuf;

/**
 * Writes one message: XML in UTF-8. It does all the escaping there is. Calls chain:
 * {@code writer.open("response").attribute("id", id).close()}.
 */
public final class XimssWriter {
    /** Stands for what XML 1.0 section 2.2 cannot express: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
    private static final char REPLACEMENT = '\uFFFD';

    private final ByteBuf out;
    private final Deque<String> open = new ArrayDeque<>();
    private final StringBuilder pending = new StringBuilder();
    private Optional<String> id;
    private boolean inTag;

    /**
     * @param out where the bytes go
     * @param id the request's id, which becomes the first attribute of the first element; empty for asynchronous messages
     */
    public XimssWriter(ByteBuf out, Optional<String> id) {
        this.out = out;
        this.id = id;
    }

    /** Begins an element. */
    public XimssWriter open(String name) {
        endTag();
        pending.append('<').append(name);
        open.push(name);
        inTag = true;
        id.ifPresent(value -> attribute("id", value));
        id = Optional.empty();
        return this;
    }

    /** An attribute of the element just opened. */
    public XimssWriter attribute(String name, String value) {
        pending.append(' ').append(name).append("=\"");
        escape(value, true);
        pending.append('"');
        return this;
    }

    /** A number. */
    public XimssWriter attribute(String name, long value) {
        return attribute(name, Long.toString(value));
    }

    /** An attribute that is written only when there is a value. */
    public XimssWriter attribute(String name, Optional<String> value) {
        value.ifPresent(present -> attribute(name, present));
        return this;
    }

    /** Characters. */
    public XimssWriter text(String text) {
        endTag();
        escape(text, false);
        flush();
        return this;
    }

    /** A whole element. */
    public XimssWriter element(Element element) {
        open(element.name());
        element.attributes().forEach(this::attribute);
        element.body().forEach(this::node);
        return close();
    }

    /** A whole element, or text. */
    public XimssWriter node(Node node) {
        return node instanceof Element element ? element(element) : text(((Text) node).value());
    }

    /** Ends the innermost open element. */
    public XimssWriter close() {
        String name = open.pop();
        if (inTag) {
            pending.append("/>");
            inTag = false;
        } else {
            pending.append("</").append(name).append('>');
        }
        flush();
        return this;
    }

    private void endTag() {
        if (inTag) {
            pending.append('>');
            inTag = false;
        }
    }

    private void flush() {
        if (!inTag) {
            out.writeCharSequence(pending, StandardCharsets.UTF_8);
            pending.setLength(0);
        }
    }

    private void escape(String value, boolean attribute) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> pending.append("&lt;");
                case '>' -> pending.append("&gt;");
                case '&' -> pending.append("&amp;");
                // XML 1.0 section 2.11: a parser turns a bare carriage return into a line feed.
                case '\r' -> pending.append("&#13;");
                case '"', '\t', '\n' -> pending.append(attribute ? "&#" + (int) c + ";" : String.valueOf(c));
                default -> {
                    if (Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))) {
                        pending.append(c).append(value.charAt(++i));
                    } else {
                        pending.append(c < ' ' || c >= '\uFFFE' || Character.isSurrogate(c) ? REPLACEMENT : c);
                    }
                }
            }
        }
    }
}

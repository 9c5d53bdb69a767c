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
package io.jamesext.agap.message;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.base.Splitter;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Which leaf of the XML form RETR should give: AGAP section 4.34. Read in either case; the leading slash and MESSAGE may be left out, and
 * BODY may stand between MESSAGE and its texts, as in section 4.3.1. A header that comes again has its values in items; its path may end
 * there, at the leaf, or at the header, as in the draft's examples.
 *
 * @param leaf what kind of leaf
 * @param attachment the attachment that it is in, if any
 * @param header the name of a header's element; empty for other leaves
 * @param item the item of a list, if only that is wanted
 */
public record PartPath(Kind leaf, Optional<Integer> attachment, String header, Optional<Item> item) {
    private static final Pattern FORM = Pattern.compile("/?(?:MESSAGE/)?(?:"
        + "(?:(?:BODY/)?(?<text>TEXT|HTML))"
        + "|(?:(?:(?:BODY/)?ATTACHMENT-(?<attachment>\\d{1,9})/)?(?:(?<body>BODY)|HEADER/(?<header>[^/\\[{]+)(?:/item)?"
        + "(?:\\[(?<comma>\\d{1,9})]|\\{(?<semicolon>\\d{1,9})})?)))", Pattern.CASE_INSENSITIVE);

    /** Without an underscore, a header's name is never an escaped form of another. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]*");

    /** The kinds of leaves in a MESSAGE. */
    public enum Kind {
        /** A header. */
        HEADER,
        /** The plain text. */
        TEXT,
        /** The HTML text. */
        HTML,
        /** An attachment's content. */
        BODY
    }

    /**
     * An item of a list in a header: section 4.34.
     *
     * @param delimiter comma for {@code [n]}, semicolon for <code>{n}</code>
     * @param number from 1
     */
    public record Item(char delimiter, int number) {
    }

    /** Reads it; fails when it is the path of no leaf. */
    public static PartPath parse(String text) {
        return find(text).orElseThrow(PartPath::unknown);
    }

    /** Reads it; empty when it is the path of no leaf. */
    public static Optional<PartPath> find(String text) {
        return Optional.of(FORM.matcher(text)).filter(Matcher::matches).map(PartPath::of);
    }

    private static PartPath of(Matcher form) {
        Optional<Integer> attachment = Optional.ofNullable(form.group("attachment")).map(Integer::valueOf);
        if (form.group("text") != null) {
            return new PartPath(Kind.valueOf(form.group("text").toUpperCase(Locale.ROOT)), attachment, "", Optional.empty());
        }
        if (form.group("body") != null) {
            return new PartPath(Kind.BODY, attachment, "", Optional.empty());
        }
        Optional<Item> comma = Optional.ofNullable(form.group("comma")).map(number -> new Item(',', Integer.parseInt(number)));
        return new PartPath(Kind.HEADER, attachment, form.group("header"),
            comma.or(() -> Optional.ofNullable(form.group("semicolon")).map(number -> new Item(';', Integer.parseInt(number)))));
    }

    /** True when it means the header of this name. */
    boolean isHeader(String name) {
        // An element's name is never shorter than the header's.
        return name.length() <= header.length() && (header.equalsIgnoreCase(name) || header.equalsIgnoreCase(XmlText.name(name)));
    }

    /** True when it is in the message's own header. */
    public boolean isInMessageHeader() {
        return leaf == Kind.HEADER && attachment.isEmpty();
    }

    /** The name of the header of the message that it is the whole value of, when no header of another name can be meant. */
    public Optional<String> messageHeader() {
        return Optional.of(header).filter(name -> isInMessageHeader() && item.isEmpty() && PLAIN_NAME.matcher(name).matches());
    }

    /**
     * The item of a header's value that is wanted, or the whole value. A delimiter behind a backslash is none. Empty when the value has
     * not so many items.
     */
    Optional<String> item(String value) {
        if (item.isEmpty()) {
            return Optional.of(value);
        }
        int number = item.get().number;
        // Not as a list: a long value can have millions.
        return number < 1 ? Optional.empty() : Splitter.onPattern("(?<!\\\\)" + item.get().delimiter).splitToStream(value)
            .skip(number - 1L).findFirst().map(String::strip);
    }

    public static ProtocolException unknown() {
        return new ProtocolException(Failure.NO_SUCH_MESSAGE, "UNKNOWN part name");
    }
}

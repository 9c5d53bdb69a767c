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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import io.netty.buffer.ByteBufUtil;

/**
 * Text as lines of XML. The lines of the protocol are short (AGAP section 2.2), an empty one would end a body that is sent back
 * (section 4.39), and XML has no control characters: what cannot be written within that is for base64.
 */
public final class XmlText {
    private static final Pattern BEFORE_BLANK = Pattern.compile("(?<=\\S)(?=[ \\t])");
    private static final String EMPTY_LINE = "&#10;";

    private XmlText() {
    }

    /**
     * Text with its line breaks kept exactly.
     *
     * @return lines of at most {@code octets} octets, none of them empty but when there is no text at all; or empty
     */
    public static Optional<ImmutableList<String>> lines(String text, int octets) {
        String unix = text.replace("\r\n", "\n");
        if (!isXml(unix)) {
            return Optional.empty();
        }
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        StringBuilder breaks = new StringBuilder();
        List<String> split = Splitter.on('\n').splitToList(unix);
        for (int i = 0; i < split.size(); i++) {
            // An empty line becomes a reference to the line break behind it, on the line that follows.
            if (split.get(i).isEmpty() && i < split.size() - 1) {
                breaks.append(EMPTY_LINE);
            } else {
                lines.add(breaks + escape(split.get(i)));
                breaks.setLength(0);
            }
        }
        return fitting(lines.build(), octets);
    }

    /** A header's value, broken before blanks where it is too long, as RFC 5322 section 2.2.3 folds it. */
    static Optional<ImmutableList<String>> folded(String value, int octets) {
        if (!isXml(value)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(value)) {
            String escaped = escape(word);
            if (line.length() > 0 && ByteBufUtil.utf8Bytes(line) + ByteBufUtil.utf8Bytes(escaped) > octets) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(escaped);
        }
        lines.add(line.toString());
        return fitting(ImmutableList.copyOf(lines), octets);
    }

    /** The words of a text, each with the blanks before it. They are made one by one: a long header can have millions. */
    static Iterable<String> words(String text) {
        return () -> BEFORE_BLANK.splitAsStream(text).iterator();
    }

    private static Optional<ImmutableList<String>> fitting(ImmutableList<String> lines, int octets) {
        return Optional.of(lines).filter(all -> all.stream().allMatch(line -> ByteBufUtil.utf8Bytes(line) <= octets));
    }

    /** With references for what markup is made of. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String unescape(String xml) {
        return xml.replace(EMPTY_LINE, "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** The text of some octets, where they are UTF-8. */
    public static Optional<String> utf8(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** XML 1.0 section 2.2, without CR, which a parser would not give back. */
    private static boolean isXml(String text) {
        return text.codePoints().allMatch(c -> c == '\t' || c == '\n'
            || c >= ' ' && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000);
    }

    /** A header's name as an XML name: what XML does not allow there is {@code _xHHHH_}. */
    public static String name(String header) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' && !header.startsWith("_x", i);
            boolean later = c >= '0' && c <= '9' || c == '-' || c == '.';
            name.append(letter || later && i > 0 ? String.valueOf(c) : String.format("_x%04X_", (int) c));
        }
        return name.toString();
    }
}

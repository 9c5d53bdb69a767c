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
package io.jamesext.lemonade.imap.convert;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.lemonade.imap.convert.HeaderConversion.CharsetTarget;
import io.jamesext.lemonade.imap.convert.TextCharsets.UnencodableException;

/**
 * The encoded words of a header field in another charset. RFC 2047 section 2, with the language of RFC 2231 section 5:
 *
 * <pre>
 * encoded-word = "=?" charset ["*" language] "?" ("B" / "Q") "?" encoded-text "?="
 * </pre>
 *
 * <p>Spaces in the text of "Q" are read, as in the example of RFC 5259 section 6; mailers write them.
 */
final class EncodedWords {
    /** RFC 2047 section 2: an encoded word has at most 75 characters, and a line with one at most 76. */
    private static final int MAX_WORD = 75;
    private static final int MAX_LINE = 76;
    private static final Pattern WORD = Pattern.compile("=\\?([^?*\\s]{1,64})(\\*[^?\\s]{0,64})?\\?([QqBb])\\?([^?\\r\\n]*)\\?=");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t\\r\\n]+");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String Q_LITERALS = "!*+-/";

    private final CharsetTarget target;
    private final StringBuilder converted = new StringBuilder();
    private int lineStart;

    private EncodedWords(CharsetTarget target) {
        this.target = target;
    }

    static String convert(String field, CharsetTarget target) throws UnencodableException {
        EncodedWords words = new EncodedWords(target);
        words.convert(field);
        return words.converted.toString();
    }

    /** Words in a row of one charset, whose octets belong together. */
    private static final class Run {
        private final String charset;
        private final String language;
        private final boolean base64;
        private final int start;
        private int end;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        Run(Matcher word) {
            this.charset = word.group(1);
            this.language = word.group(2) == null ? "" : word.group(2);
            this.base64 = word.group(3).equalsIgnoreCase("B");
            this.start = word.start();
        }

        boolean goesOn(String field, Matcher word) {
            return word.group(1).equalsIgnoreCase(charset) && BETWEEN.matcher(field.substring(end, word.start())).matches();
        }

        Optional<String> text() {
            Optional<Charset> known = TextCharsets.find(charset);
            try {
                return known.isEmpty() ? Optional.empty()
                    : Optional.of(known.get().newDecoder().decode(ByteBuffer.wrap(octets.toByteArray())).toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }

    private void convert(String field) throws UnencodableException {
        Matcher word = WORD.matcher(field);
        int copied = 0;
        boolean found = word.find();
        while (found) {
            Run run = new Run(word);
            boolean decoded = true;
            do {
                Optional<byte[]> octets = octets(word.group(3), word.group(4));
                decoded &= octets.isPresent();
                octets.ifPresent(run.octets::writeBytes);
                run.end = word.end();
                found = word.find();
            } while (found && run.goesOn(field, word));
            Optional<String> text = decoded ? run.text() : Optional.empty();
            if (text.isPresent()) {
                append(field.substring(copied, run.start));
                write(run, text.get());
                copied = run.end;
            }
        }
        append(field.substring(copied));
    }

    private static Optional<byte[]> octets(String encoding, String text) {
        if (!encoding.equalsIgnoreCase("Q")) {
            try {
                return Optional.of(Base64.getDecoder().decode(text.trim()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '=') {
                octets.write(c == '_' ? ' ' : c);
            } else if (i + 2 < text.length() && hex(text, i + 1) && hex(text, i + 2)) {
                octets.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(octets.toByteArray());
    }

    private static boolean hex(String text, int at) {
        return Character.digit(text.charAt(at), 16) >= 0;
    }

    /** As many words as are needed, each with whole characters (RFC 2047 section 5), on lines that are not too long. */
    private void write(Run run, String text) throws UnencodableException {
        boolean full = MAX_LINE - (converted.length() - lineStart) < MAX_WORD / 3;
        if (full && !converted.isEmpty() && converted.charAt(converted.length() - 1) == ' ') {
            converted.setLength(converted.length() - 1);
            append("\r\n ");
        }
        String before = "=?" + target.charset().name() + run.language + (run.base64 ? "?B?" : "?Q?");
        StringBuilder word = new StringBuilder();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int room = room();
        for (int i = 0; i < text.length();) {
            int character = text.codePointAt(i);
            byte[] next = target.encode(Character.toString(character));
            String more = run.base64 ? "" : quoted(next);
            int length = run.base64 ? (octets.size() + next.length + 2) / 3 * 4 : word.length() + more.length();
            if (before.length() + length + 2 > room && octets.size() > 0) {
                word(before, run.base64, word, octets);
                append("\r\n ");
                room = room();
            }
            word.append(more);
            octets.writeBytes(next);
            i += Character.charCount(character);
        }
        word(before, run.base64, word, octets);
    }

    private void word(String before, boolean base64, StringBuilder word, ByteArrayOutputStream octets) {
        String text = base64 ? Base64.getEncoder().encodeToString(octets.toByteArray()) : word.toString();
        append(before + text + "?=");
        word.setLength(0);
        octets.reset();
    }

    /** Characters that are left on the line; on a line that is full already the next word begins another one. */
    private int room() {
        int room = MAX_LINE - (converted.length() - lineStart);
        return room < MAX_WORD / 3 ? MAX_WORD : Math.min(MAX_WORD, room);
    }

    private void append(String text) {
        int end = text.lastIndexOf('\n');
        lineStart = end < 0 ? lineStart : converted.length() + end + 1;
        converted.append(text);
    }

    private static String quoted(byte[] octets) {
        StringBuilder quoted = new StringBuilder();
        for (byte octet : octets) {
            char c = (char) (octet & 0xff);
            boolean literal = c < 128 && Character.isLetterOrDigit(c) || Q_LITERALS.indexOf(c) >= 0;
            quoted.append(c == ' ' ? "_" : literal ? String.valueOf(c) : "=" + HEX.toHexDigits(octet));
        }
        return quoted.toString();
    }
}

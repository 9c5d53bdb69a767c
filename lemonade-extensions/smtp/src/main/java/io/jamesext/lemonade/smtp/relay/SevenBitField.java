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

package io.jamesext.lemonade.smtp.relay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A header field with octets that are not ASCII, in ASCII: words of it become encoded-words (RFC 2047), parameters of a MIME field
 * extended ones (RFC 2231). What is not UTF-8 is said to be {@code unknown-8bit} (RFC 1428 section 3), so that no octet is lost. An
 * address whose own characters are not ASCII cannot be written so (RFC 6531 section 3.6), and comes out as no address.
 */
final class SevenBitField {
    /** RFC 2047 section 2: characters of an encoded-word. */
    private static final int MAX_WORD = 75;
    /** Nobody writes longer ones but to keep us busy. */
    private static final int MAX_ENCODED = 1 << 16;
    private static final Set<String> WITH_PARAMETERS = Set.of("content-type", "content-disposition");
    private static final Set<String> STRUCTURED = Set.of("from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-sender",
        "resent-to", "resent-cc", "resent-bcc", "disposition-notification-to", "return-path", "delivered-to");
    private static final String SPECIALS = "()<>[]:;@,";

    private SevenBitField() {
    }

    static boolean isAscii(String octets) {
        return octets.chars().allMatch(c -> c < 0x80);
    }

    /**
     * The field's value in ASCII; of one that is longer than {@value #MAX_ENCODED} octets what is not ASCII is lost.
     *
     * @param value a character for each octet, with the white space at its start, without its line end; unfolded
     */
    static String encode(String name, String value) {
        if (value.length() > MAX_ENCODED) {
            return value.replaceAll("[^\\x00-\\x7f]", "?");
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (WITH_PARAMETERS.contains(lowerCase)) {
            return parameters(value);
        }
        return words(STRUCTURED.contains(lowerCase) ? phrases(value) : List.of(value.split("(?<= )|(?= )")));
    }

    /** Words, quoted-strings without their quotes, white space and specials, each for itself. RFC 5322 section 3.2. */
    private static List<String> phrases(String value) {
        return tokens(value, " " + SPECIALS).stream()
            .map(token -> isAscii(token) ? token : unquoted(token))
            .filter(token -> !token.isEmpty())
            .toList();
    }

    private static String unquoted(String token) {
        return token.replaceAll("^\"|\"$", "").replaceAll("\\\\(.)", "$1");
    }

    /** Cuts at separators outside quotes; a separator is a token too. */
    private static List<String> tokens(String value, String separators) {
        List<String> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                word.append(c).append(value.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                word.append(c);
            } else if (!quoted && separators.indexOf(c) >= 0) {
                tokens.add(word.toString());
                tokens.add(String.valueOf(c));
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        tokens.add(word.toString());
        return tokens;
    }

    /** Encodes words that are not ASCII; those with one space between them together, which RFC 2047 section 6.2 would drop otherwise. */
    private static String words(List<String> tokens) {
        StringBuilder field = new StringBuilder();
        int i = 0;
        while (i < tokens.size()) {
            if (isAscii(tokens.get(i))) {
                boolean folds = tokens.get(i).equals(" ") && field.length() - field.lastIndexOf("\n") > MAX_WORD;
                field.append(folds ? "\r\n " : tokens.get(i));
                i++;
                continue;
            }
            StringBuilder run = new StringBuilder(tokens.get(i++));
            while (i + 1 < tokens.size() && tokens.get(i).equals(" ") && !isAscii(tokens.get(i + 1))) {
                run.append(' ').append(tokens.get(i + 1));
                i += 2;
            }
            // RFC 2047 section 5 (1): white space parts an encoded-word from what is beside it.
            boolean apart = field.length() == 0 || " (".indexOf(field.charAt(field.length() - 1)) >= 0;
            field.append(apart ? "" : " ").append(encodedWords(run.toString()));
            boolean followed = i < tokens.size() && " )".indexOf(tokens.get(i).charAt(0)) < 0;
            field.append(followed ? " " : "");
        }
        return field.toString();
    }

    private static String encodedWords(String octets) {
        boolean utf8 = isUtf8(octets);
        String start = utf8 ? "=?utf-8?Q?" : "=?unknown-8bit?Q?";
        StringBuilder words = new StringBuilder(start);
        int length = start.length();
        for (int i = 0; i < octets.length();) {
            int end = i + 1;
            // RFC 2047 section 5: a character is not divided between two words.
            while (utf8 && end < octets.length() && (octets.charAt(end) & 0xc0) == 0x80) {
                end++;
            }
            StringBuilder character = new StringBuilder();
            octets.substring(i, end).chars().forEach(octet -> character.append(inWord(octet)));
            if (length + character.length() > MAX_WORD - 2) {
                words.append("?=\r\n ").append(start);
                length = start.length();
            }
            words.append(character);
            length += character.length();
            i = end;
        }
        return words.append("?=").toString();
    }

    /** RFC 2047 section 5 (3): what stands for itself in a phrase, the strictest place. */
    private static String inWord(int octet) {
        boolean itself = Character.isLetterOrDigit(octet) && octet < 0x80 || "!*+-/".indexOf(octet) >= 0;
        return itself ? String.valueOf((char) octet) : octet == ' ' ? "_" : String.format("=%02X", octet);
    }

    /** RFC 2231 section 4: {@code name*=charset''percent-encoded}. */
    private static String parameters(String value) {
        StringBuilder field = new StringBuilder();
        for (String piece : tokens(value, ";")) {
            int equals = piece.indexOf('=');
            if (isAscii(piece)) {
                field.append(piece);
            } else if (equals > 0) {
                String content = unquoted(piece.substring(equals + 1).strip());
                field.append(piece, 0, equals).append("*=").append(isUtf8(content) ? "utf-8" : "unknown-8bit").append("''");
                content.chars().forEach(octet -> field.append(inParameter(octet)));
            } else {
                // A comment, or nothing that means anything.
                field.append(piece.replaceAll("[^\\x00-\\x7f]", "?"));
            }
        }
        return field.toString();
    }

    private static String inParameter(int octet) {
        boolean itself = Character.isLetterOrDigit(octet) && octet < 0x80 || "-._".indexOf(octet) >= 0;
        return itself ? String.valueOf((char) octet) : String.format("%%%02X", octet);
    }

    private static boolean isUtf8(String octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

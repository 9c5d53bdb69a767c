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

package io.jamesext.converter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A header field's text without its encoded words. RFC 5255 section 4.6, RFC 2047. The time is linear in the length of the field.
 *
 * @param valid whether all of it could be converted; if not, the characters of the text are the octets without the encodings of MIME
 */
public record HeaderText(String text, boolean valid) {
    private static final String BEGIN = "=?";
    private static final int MAX_CHARSET_NAME = 64;
    /** By name in lower case. The JDK takes half a millisecond to find out that it has none of a name. */
    private static final Map<String, Charset> CHARSETS = charsets();

    /** Octets in one charset; none is what nobody knows. */
    private record Piece(ByteArrayOutputStream octets, @Nullable Charset charset, boolean word) {
        Piece(byte[] octets, @Nullable Charset charset, boolean word) {
            this(new ByteArrayOutputStream(octets.length), charset, word);
            this.octets.writeBytes(octets);
        }

        boolean continuedBy(Piece next) {
            return word && next.word && charset != null && charset.equals(next.charset);
        }
    }

    /** An encoded word and where it ends. */
    private record Word(Piece piece, int end) {
    }

    /** Of a field's value, whose characters are its octets. RFC 6532: what is in no encoded word is UTF-8. */
    public static HeaderText of(String octets) {
        if (isPlain(octets)) {
            return new HeaderText(octets, true);
        }
        List<Piece> pieces = pieces(octets);
        StringBuilder text = new StringBuilder(octets.length());
        try {
            for (Piece piece : pieces) {
                if (piece.charset == null) {
                    return undecoded(pieces);
                }
                text.append(piece.charset.newDecoder().decode(ByteBuffer.wrap(piece.octets.toByteArray())));
            }
        } catch (CharacterCodingException e) {
            return undecoded(pieces);
        }
        return new HeaderText(text.toString(), true);
    }

    /** As much of a value as can be read: what is not in its charset, or in none that is known, does not take the rest with it. */
    public static String readable(String octets) {
        if (isPlain(octets)) {
            return octets;
        }
        StringBuilder text = new StringBuilder(octets.length());
        pieces(octets).forEach(piece -> text.append(
            piece.octets.toString(Objects.requireNonNullElse(piece.charset, StandardCharsets.ISO_8859_1))));
        return text.toString();
    }

    private static boolean isPlain(String octets) {
        return !octets.contains(BEGIN) && octets.chars().allMatch(c -> c < 128);
    }

    private static HeaderText undecoded(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.octets.toString(StandardCharsets.ISO_8859_1)));
        return new HeaderText(text.toString(), false);
    }

    private static List<Piece> pieces(String octets) {
        List<Piece> pieces = new ArrayList<>();
        int done = 0;
        int at = octets.indexOf(BEGIN);
        while (at >= 0) {
            Word word = word(octets, at);
            if (word == null) {
                at = octets.indexOf(BEGIN, at + 1);
                continue;
            }
            plain(octets.substring(done, at), pieces, true);
            add(word.piece(), pieces);
            done = word.end();
            at = octets.indexOf(BEGIN, done);
        }
        plain(octets.substring(done), pieces, false);
        return pieces;
    }

    /** RFC 2047 section 6.2: white space between two words is not text. */
    private static void plain(String octets, List<Piece> pieces, boolean beforeWord) {
        boolean between = beforeWord && !pieces.isEmpty() && pieces.get(pieces.size() - 1).word && octets.isBlank();
        if (!octets.isEmpty() && !between) {
            pieces.add(new Piece(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8, false));
        }
    }

    /** Many senders cut a text into words between the octets of a character. */
    private static void add(Piece word, List<Piece> pieces) {
        Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last != null && last.continuedBy(word)) {
            last.octets.writeBytes(word.octets.toByteArray());
        } else {
            pieces.add(word);
        }
    }

    /** {@code "=?" charset "?" encoding "?" encoded-text "?="}, RFC 2047 section 2, of any length; what is none is plain text. */
    private static @Nullable Word word(String octets, int begin) {
        int charsetEnd = octets.indexOf('?', begin + BEGIN.length());
        int textBegin = charsetEnd + 3;
        if (charsetEnd < 0 || charsetEnd - begin > MAX_CHARSET_NAME || textBegin >= octets.length()
            || octets.charAt(textBegin - 1) != '?') {
            return null;
        }
        int textEnd = octets.indexOf('?', textBegin);
        if (textEnd < 0 || textEnd + 1 >= octets.length() || octets.charAt(textEnd + 1) != '=') {
            return null;
        }
        byte[] decoded = decoded(octets.charAt(charsetEnd + 1), octets.substring(textBegin, textEnd));
        return decoded == null ? null
            : new Word(new Piece(decoded, charset(octets.substring(begin + BEGIN.length(), charsetEnd)), true), textEnd + 2);
    }

    private static byte @Nullable [] decoded(char encoding, String text) {
        if (encoding == 'Q' || encoding == 'q') {
            return quotedPrintable(text);
        }
        try {
            return encoding == 'B' || encoding == 'b' ? Base64.getMimeDecoder().decode(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** RFC 2047 section 4.2. */
    private static byte[] quotedPrintable(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '=' && at + 2 < text.length() && hex(text, at + 1) >= 0 && hex(text, at + 2) >= 0) {
                octets.write(hex(text, at + 1) << 4 | hex(text, at + 2));
                at += 2;
            } else {
                octets.write(c == '_' ? ' ' : c);
            }
        }
        return octets.toByteArray();
    }

    private static int hex(String text, int at) {
        return Character.digit(text.charAt(at), 16);
    }

    /** RFC 2231 section 5: a language may stand behind the name. */
    private static @Nullable Charset charset(String name) {
        int language = name.indexOf('*');
        return CHARSETS.get((language < 0 ? name : name.substring(0, language)).toLowerCase(Locale.ROOT));
    }

    private static Map<String, Charset> charsets() {
        Map<String, Charset> charsets = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            charset.aliases().forEach(alias -> charsets.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
            charsets.put(charset.name().toLowerCase(Locale.ROOT), charset);
        }
        return Map.copyOf(charsets);
    }
}

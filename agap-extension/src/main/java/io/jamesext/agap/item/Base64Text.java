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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Enumeration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.common.io.ByteSource;

/**
 * The text of a leaf in base64. AGAP section 2.8, RFC 4648. White space is nothing, and a text that ends too early, as in one of the
 * draft's own figures (figure 9), stands for the whole octets that it has.
 */
final class Base64Text {
    /** Characters of one line, RFC 2045 section 6.8. */
    private static final int LINE = 76;
    /** One digit alone stands for no octet. */
    private static final int GROUP = 4;
    /** Digits that are decoded at a time. */
    private static final int PIECE = 4096 * GROUP;

    private Base64Text() {
    }

    /** True for digits of base64 with white space between them and padding only at their end. */
    static boolean isBase64(String text) {
        boolean isPadded = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            isPadded |= c == '=';
            boolean isSpace = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!isSpace && c != '=' && (isPadded || !isDigit(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** The digits alone, as many as make whole octets, and without padding. */
    private static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        digits.setLength(digits.length() - (digits.length() % GROUP == 1 ? 1 : 0));
        return digits.toString();
    }

    /** The digits with their padding. */
    static String padded(String text) {
        String digits = digits(text);
        return digits + "=".repeat((GROUP - digits.length() % GROUP) % GROUP);
    }

    /** What it stands for. */
    static byte[] octets(String text) {
        return Base64.getDecoder().decode(digits(text));
    }

    /** The same as a stream, of which little is held at a time. */
    static ByteSource source(String text) {
        return new ByteSource() {
            @Override
            public InputStream openStream() {
                return new SequenceInputStream(new Pieces(text));
            }
        };
    }

    private static final class Pieces implements Enumeration<InputStream> {
        private final String text;
        private int at;

        Pieces(String text) {
            this.text = text;
        }

        @Override
        public boolean hasMoreElements() {
            return at < text.length();
        }

        @Override
        public InputStream nextElement() {
            byte[] digits = new byte[PIECE];
            int length = 0;
            for (; at < text.length() && length < PIECE; at++) {
                if (isDigit(text.charAt(at))) {
                    digits[length++] = (byte) text.charAt(at);
                }
            }
            int whole = length - (length % GROUP == 1 ? 1 : 0);
            return new ByteArrayInputStream(Base64.getDecoder().decode(Arrays.copyOf(digits, whole)));
        }
    }

    /** The lines of base64 that stand for some octets. */
    static Stream<String> lines(byte[] octets) {
        return wrapped(Base64.getEncoder().encodeToString(octets));
    }

    /** A text of base64 on lines of the usual length. */
    static Stream<String> rewrapped(String text) {
        return wrapped(padded(text));
    }

    private static Stream<String> wrapped(String digits) {
        return IntStream.iterate(0, from -> from < digits.length(), from -> from + LINE)
            .mapToObj(from -> digits.substring(from, Math.min(from + LINE, digits.length())));
    }
}

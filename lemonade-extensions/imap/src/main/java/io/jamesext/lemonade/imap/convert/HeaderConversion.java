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
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.jamesext.lemonade.imap.convert.TextCharsets.UnencodableException;

/**
 * Header fields whose encoded words (RFC 2047) and parameters (RFC 2231) come in another charset. Encoded words stay encoded words, and
 * whatever cannot be decoded stays as it is, octet by octet. RFC 5259 section 6.
 */
final class HeaderConversion {
    private static final Set<String> WITH_PARAMETERS = Set.of("content-type", "content-disposition");

    private HeaderConversion() {
    }

    /** Converts a header with its empty line. */
    static byte[] convert(byte[] header, Charset charset, Optional<String> replacement) throws UnencodableException {
        ByteArrayOutputStream converted = new ByteArrayOutputStream(header.length);
        CharsetTarget target = CharsetTarget.of(charset, replacement);
        // RFC 5322 section 2.2.3: a line that starts with white space continues the field.
        for (String field : new String(header, StandardCharsets.ISO_8859_1).split("(?<=\n)(?![ \t])", -1)) {
            converted.writeBytes(field(field, target).getBytes(StandardCharsets.ISO_8859_1));
        }
        return converted.toByteArray();
    }

    private static String field(String field, CharsetTarget target) throws UnencodableException {
        String converted = field;
        int colon = field.indexOf(':');
        String name = colon < 0 ? "" : field.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        if (WITH_PARAMETERS.contains(name) && field.contains("*")) {
            converted = ParameterConversion.convert(field, colon + 1, target);
        }
        return converted.contains("=?") ? EncodedWords.convert(converted, target) : converted;
    }

    /** A charset, and what stands for the characters that it has not. Not for two threads. */
    record CharsetTarget(CharsetEncoder encoder, Optional<String> replacement) {
        /** A charset that begins each text with a mark would do so with each letter of an encoded word: it becomes UTF-16BE. */
        static CharsetTarget of(Charset charset, Optional<String> replacement) {
            boolean marks = "aa".getBytes(charset).length != 2 * "a".getBytes(charset).length;
            return new CharsetTarget((marks ? StandardCharsets.UTF_16BE : charset).newEncoder(), replacement);
        }

        Charset charset() {
            return encoder.charset();
        }

        byte[] encode(String text) throws UnencodableException {
            return TextCharsets.encode(text, encoder.reset(), replacement, Integer.MAX_VALUE / 4);
        }
    }
}

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

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to change in the header of a message or a part.
 *
 * @param encoding the Content-Transfer-Encoding it gets; empty keeps what it has
 * @param sevenBit whether fields that are not ASCII become so
 * @param describe adds what a message without MIME fields needs once its body is encoded
 */
record HeaderRewrite(Optional<String> encoding, boolean sevenBit, boolean describe) {
    private static final String ENCODING = "Content-Transfer-Encoding";

    byte[] apply(byte[] header) {
        // A character for each octet.
        String octets = new String(header, StandardCharsets.ISO_8859_1);
        StringBuilder to = new StringBuilder(octets.length() + 80);
        boolean isMime = false;
        boolean isTyped = false;
        int at = 0;
        while (at < octets.length() && !octets.startsWith("\n", at) && !octets.startsWith("\r\n", at)) {
            int end = fieldEnd(octets, at);
            String field = octets.substring(at, end);
            int colon = Math.max(field.indexOf(':'), 0);
            String name = field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            isMime |= name.equals("mime-version");
            isTyped |= name.equals("content-type");
            if (encoding.isEmpty() || !name.equalsIgnoreCase(ENCODING)) {
                to.append(sevenBit && colon > 0 && !SevenBitField.isAscii(field) ? sevenBit(field, colon) : field);
            }
            at = end;
        }
        encoding.ifPresent(value -> to.append(ENCODING + ": ").append(value).append("\r\n"));
        if (describe && !isTyped) {
            // RFC 1428 section 3: nobody knows what charset these octets are in.
            to.append("Content-Type: text/plain; charset=unknown-8bit\r\n");
        }
        if (describe && !isMime) {
            to.append("MIME-Version: 1.0\r\n");
        }
        return to.append(octets, at, octets.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String sevenBit(String field, int colon) {
        String name = field.substring(0, colon);
        // RFC 5322 section 2.2.3: unfolding takes the line ends and leaves the white space.
        String value = field.substring(colon + 1).replaceAll("\r?\n", "").replace('\t', ' ');
        return name + ":" + SevenBitField.encode(name.strip(), value) + "\r\n";
    }

    /** Behind the field and the lines that continue it. */
    private static int fieldEnd(String header, int start) {
        int at = start;
        do {
            int lineFeed = header.indexOf('\n', at);
            at = lineFeed < 0 ? header.length() : lineFeed + 1;
        } while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t'));
        return at;
    }
}

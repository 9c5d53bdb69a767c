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

package io.jamesext.urlauth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes the characters of RFC 5092 section 11: an allowed set, percent-encoded octets, and UTF-8 behind them (section 8). */
final class PercentDecoder {
    private static final String UNRESERVED = "-._~";
    private static final String SUB_DELIMITERS = "!$'()*+,";

    private PercentDecoder() {
    }

    /** Decodes {@code 1*achar}: user names and mechanisms. */
    static String achars(String encoded) {
        return decode(encoded, "&=");
    }

    /** Decodes {@code 1*bchar}: mailboxes, sections and search programs. */
    static String bchars(String encoded) {
        return decode(encoded, "&=:@/");
    }

    private static String decode(String encoded, String alsoAllowed) {
        if (encoded.isEmpty()) {
            throw new BadUrlException("an empty part");
        }
        byte[] octets = new byte[encoded.length()];
        int length = 0;
        for (int at = 0; at < encoded.length(); at++) {
            char next = encoded.charAt(at);
            if (next == '%') {
                octets[length++] = octet(encoded, at + 1);
                at += 2;
            } else if (allowed(next, alsoAllowed)) {
                octets[length++] = (byte) next;
            } else {
                throw new BadUrlException("a character that must be percent-encoded");
            }
        }
        return text(octets, length);
    }

    private static boolean allowed(char c, String alsoAllowed) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
            || UNRESERVED.indexOf(c) >= 0 || SUB_DELIMITERS.indexOf(c) >= 0 || alsoAllowed.indexOf(c) >= 0;
    }

    private static byte octet(String encoded, int at) {
        if (at + 2 > encoded.length()) {
            throw new BadUrlException("a percent sign without two digits");
        }
        int high = hex(encoded.charAt(at));
        int low = hex(encoded.charAt(at + 1));
        if (high < 0 || low < 0) {
            throw new BadUrlException("a percent sign without two digits");
        }
        return (byte) (high << 4 | low);
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static String text(byte[] octets, int length) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(octets, 0, length))
                .toString();
            if (text.indexOf('\0') >= 0) {
                throw new BadUrlException("a NUL");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new BadUrlException("octets that are not UTF-8");
        }
    }
}

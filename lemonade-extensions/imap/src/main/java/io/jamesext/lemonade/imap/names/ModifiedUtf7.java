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

package io.jamesext.lemonade.imap.names;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Mailbox names in modified UTF-7, both ways. RFC 3501 section 5.1.3. James's decoder takes anything, so that two names on the wire may be
 * one mailbox; this one takes only what the encoder writes.
 */
final class ModifiedUtf7 {
    private ModifiedUtf7() {
    }

    /** The name, or empty where the octets are not modified UTF-7 as section 5.1.3 has it. */
    static Optional<String> decode(String encoded) {
        StringBuilder name = new StringBuilder(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            char c = encoded.charAt(at);
            if (c != '&') {
                name.append(c);
                at++;
                continue;
            }
            int end = encoded.indexOf('-', at);
            if (end < 0) {
                return Optional.empty();
            }
            if (end == at + 1) {
                name.append('&');
            } else {
                Optional<String> shifted = shifted(encoded.substring(at + 1, end));
                if (shifted.isEmpty()) {
                    return Optional.empty();
                }
                name.append(shifted.get());
            }
            at = end + 1;
        }
        // "Modified BASE64 MUST NOT be used to represent any printing US-ASCII character", no superfluous shifts, no stray bits.
        String decoded = name.toString();
        return encode(decoded).equals(encoded) ? Optional.of(decoded) : Optional.empty();
    }

    private static Optional<String> shifted(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64.replace(',', '/')), StandardCharsets.UTF_16BE));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encode(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (printing(c)) {
                encoded.append(c == '&' ? "&-" : String.valueOf(c));
                at++;
                continue;
            }
            int end = at;
            while (end < name.length() && !printing(name.charAt(end))) {
                end++;
            }
            byte[] shifted = name.substring(at, end).getBytes(StandardCharsets.UTF_16BE);
            encoded.append('&').append(Base64.getEncoder().withoutPadding().encodeToString(shifted).replace('/', ',')).append('-');
            at = end;
        }
        return encoded.toString();
    }

    private static boolean printing(char c) {
        return c >= ' ' && c <= '~';
    }
}

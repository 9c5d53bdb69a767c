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
package io.jamesext.dmap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Random markers, one for each field that a client fills or a mail brings. A marker counts as found where its octets are, or what base64
 * or hexadecimal digits make of them.
 */
final class Canaries {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, byte[]> markers = new LinkedHashMap<>();

    /** A new marker for this field: one word of small letters and digits. */
    String word(String field) {
        String word = "canary" + HexFormat.of().formatHex(random(12));
        markers.put(field, word.getBytes(ISO_8859_1));
        return word;
    }

    /** These octets are one. */
    void octets(String field, byte[] secret) {
        markers.put(field, secret.clone());
    }

    /** The fields whose markers are in a text that has one character for each octet. */
    Set<String> foundIn(String text) {
        return markers.entrySet().stream()
            .filter(marker -> forms(marker.getValue()).anyMatch(text::contains))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> fields() {
        return markers.keySet();
    }

    private static Stream<String> forms(byte[] marker) {
        String hex = HexFormat.of().formatHex(marker);
        String text = new String(marker, ISO_8859_1);
        // The index has capitals for small letters: RFC 5051.
        return Stream.concat(Stream.of(text, text.toUpperCase(Locale.ROOT), hex, hex.toUpperCase(Locale.ROOT)),
            Stream.of(0, 1, 2).map(before -> inBase64(marker, before)));
    }

    /** What base64 makes of the marker alone, wherever it begins in a group of three octets. */
    private static String inBase64(byte[] marker, int before) {
        byte[] shifted = new byte[before + marker.length];
        System.arraycopy(marker, 0, shifted, before, marker.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        // The first and the last characters have bits of the neighbours.
        return text.substring(before == 0 ? 0 : before + 1, text.length() - 1);
    }

    private static byte[] random(int octets) {
        byte[] bytes = new byte[octets];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

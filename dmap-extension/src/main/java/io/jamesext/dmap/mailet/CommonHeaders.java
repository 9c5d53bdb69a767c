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
package io.jamesext.dmap.mailet;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/**
 * The common headers of a plain message as a DIME message has them: one line for each, in a fixed order. PROTOCOL.md section 5.7.
 *
 * @param lines the lines, each with its end
 * @param left fields that have no place there, as they were: all but the first of a name
 */
record CommonHeaders(byte[] lines, byte[] left) {
    /** Those that a message may lack. */
    private static final ImmutableList<String> OPTIONAL = ImmutableList.of("CC", "Organization");
    private static final ImmutableList<String> NAMES = ImmutableList.of("Date", "To", "CC", "From", "Organization", "Subject");
    private static final Pattern END_OF_FIELD = Pattern.compile("\r?\n(?![ \t])");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    /**
     * Of the fields of chunk 33 of a plain message. A field that has to be there and is not is empty, but for the date, which is that
     * of the arrival.
     */
    static CommonHeaders of(byte[] fields, Instant arrived) {
        Map<String, String> values = new LinkedHashMap<>();
        StringBuilder left = new StringBuilder();
        fields(fields).forEach(field -> {
            if (values.putIfAbsent(name(field), unfolded(field.substring(field.indexOf(':') + 1))) != null) {
                left.append(field).append("\r\n");
            }
        });
        values.putIfAbsent("date", DATE.format(arrived));
        StringBuilder lines = new StringBuilder();
        for (String name : NAMES) {
            String key = name.toLowerCase(Locale.ROOT);
            if (values.containsKey(key) || !OPTIONAL.contains(name)) {
                lines.append(name).append(": ").append(values.getOrDefault(key, "")).append("\r\n");
            }
        }
        return new CommonHeaders(octets(lines), octets(left));
    }

    /** The fields of a header, as they are but for the end of the last line. */
    static Stream<String> fields(byte[] header) {
        return Splitter.on(END_OF_FIELD).omitEmptyStrings().splitToStream(new String(header, StandardCharsets.ISO_8859_1));
    }

    /** The name of a field, in small letters; all of it if it has none. */
    static String name(String field) {
        int colon = field.indexOf(':');
        return (colon < 0 ? field : field.substring(0, colon)).trim().toLowerCase(Locale.ROOT);
    }

    /** RFC 5322 section 2.2.3. What is still no character of a line after that would make a second one. */
    private static String unfolded(String value) {
        return CONTROLS.matcher(value.replace("\r\n", "").replace("\n", "")).replaceAll(" ").trim();
    }

    /** What a message has in other charsets goes through as it is. */
    private static byte[] octets(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}

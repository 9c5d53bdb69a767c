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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A field of a header: its name in lower case and its value, unfolded and without white space around it. RFC 5322 section 2.2. The
 * characters are the octets, so that what is not ASCII goes out as it came in.
 */
public record HeaderField(String name, String value) {
    /** The fields with these names, in the order of the header. */
    public static List<HeaderField> of(byte[] header, Predicate<String> names) {
        List<HeaderField> fields = new ArrayList<>();
        for (int start = 0; start < header.length && !HeaderFields.emptyLine(header, start);) {
            int end = HeaderFields.fieldEnd(header, start);
            int colon = start;
            while (colon < end && header[colon] != ':') {
                colon++;
            }
            String name = name(header, start, colon);
            if (colon < end && names.test(name)) {
                fields.add(new HeaderField(name, unfolded(header, colon + 1, end)));
            }
            start = end;
        }
        return fields;
    }

    /** The value of the first field with a name. */
    public static Optional<String> first(List<HeaderField> fields, String name) {
        return fields.stream().filter(field -> field.name.equals(name)).map(HeaderField::value).findFirst();
    }

    private static String name(byte[] header, int start, int colon) {
        // RFC 5322 section 4.5: white space before the colon is obsolete, and met.
        return HeaderFields.characters(header, start, colon).trim().toLowerCase(Locale.ROOT);
    }

    /** RFC 5322 section 2.2.3: the line end goes, the white space behind it stays. */
    private static String unfolded(byte[] header, int start, int end) {
        StringBuilder value = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = (char) (header[i] & 0xff);
            if (c != '\r' && c != '\n') {
                value.append(c);
            }
        }
        int from = 0;
        int to = value.length();
        while (from < to && white(value.charAt(from))) {
            from++;
        }
        while (to > from && white(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean white(char c) {
        return c == ' ' || c == '\t';
    }
}

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

/**
 * Which part of a message: numbers, then what of the part they lead to. RFC 3501 section 9, section-spec:
 *
 * <pre>
 * section-spec    = section-msgtext / (section-part ["." section-text])
 * section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"      section-text = section-msgtext / "MIME"
 * </pre>
 */
public record Section(List<Integer> path, Kind kind, List<String> fields) {
    /** What of a part is meant. RFC 3501 section 6.4.5. */
    public enum Kind {
        CONTENT, HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, TEXT, MIME
    }

    /** The whole message. */
    public static final Section WHOLE = new Section(List.of(), Kind.CONTENT, List.of());
    /** Deepest nesting that is followed: every level costs a pass over what it contains. */
    public static final int MAX_DEPTH = 50;

    public Section {
        path = List.copyOf(path);
        fields = List.copyOf(fields);
        if (path.size() > MAX_DEPTH || kind == Kind.MIME && path.isEmpty()) {
            throw new BadUrlException("no such section");
        }
    }

    /**
     * Reads the text between the brackets of a FETCH BODY[...].
     *
     * @throws BadUrlException when it is no section-spec
     */
    public static Section parse(String text) {
        List<Integer> path = new ArrayList<>();
        int at = 0;
        while (at < text.length() && digit(text.charAt(at))) {
            int dot = text.indexOf('.', at);
            int end = dot < 0 ? text.length() : dot;
            path.add(number(text.substring(at, end)));
            at = end + 1;
            if (dot >= 0 && at == text.length()) {
                throw new BadUrlException("a section that ends with a dot");
            }
        }
        return at >= text.length() ? new Section(path, Kind.CONTENT, List.of()) : text(path, text.substring(at));
    }

    private static Section text(List<Integer> path, String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        switch (upper) {
            case "HEADER":
                return new Section(path, Kind.HEADER, List.of());
            case "TEXT":
                return new Section(path, Kind.TEXT, List.of());
            case "MIME":
                return new Section(path, Kind.MIME, List.of());
            default:
                break;
        }
        if (upper.startsWith("HEADER.FIELDS.NOT ")) {
            return new Section(path, Kind.HEADER_FIELDS_NOT, fields(text.substring("HEADER.FIELDS.NOT ".length())));
        }
        if (upper.startsWith("HEADER.FIELDS ")) {
            return new Section(path, Kind.HEADER_FIELDS, fields(text.substring("HEADER.FIELDS ".length())));
        }
        throw new BadUrlException("no section");
    }

    private static List<String> fields(String list) {
        if (list.length() < 3 || !list.startsWith("(") || !list.endsWith(")")) {
            throw new BadUrlException("no header list");
        }
        List<String> fields = new ArrayList<>();
        for (String field : list.substring(1, list.length() - 1).split(" ", -1)) {
            boolean quoted = field.length() > 2 && field.startsWith("\"") && field.endsWith("\"");
            String name = quoted ? field.substring(1, field.length() - 1) : field;
            // RFC 5322 section 3.6.8: a field name is printable ASCII without colon.
            if (name.isEmpty() || name.chars().anyMatch(c -> c < 33 || c > 126 || c == ':' || c == '"')) {
                throw new BadUrlException("no field name");
            }
            fields.add(name);
        }
        return fields;
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 9 || digits.startsWith("0") || !digits.chars().allMatch(c -> digit((char) c))) {
            throw new BadUrlException("no part number");
        }
        return Integer.parseInt(digits);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

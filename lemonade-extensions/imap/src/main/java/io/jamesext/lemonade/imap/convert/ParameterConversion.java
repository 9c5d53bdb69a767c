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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.lemonade.imap.convert.HeaderConversion.CharsetTarget;
import io.jamesext.lemonade.imap.convert.TextCharsets.UnencodableException;

/**
 * The extended parameters of a header field in another charset: their fragments are put together, converted, and cut anew where the line
 * would be too long. RFC 2231 sections 3 and 4, RFC 5259 section 6:
 *
 * <pre>
 * parameter = attribute ["*" number] "*" "=" [charset "'" language "'"] *("%" 2HEX / attribute-char)
 * </pre>
 *
 * <p>Comments within go behind the parameter.
 */
final class ParameterConversion {
    private static final int MAX_LINE = 77;
    private static final int MAX_FRAGMENTS = 1000;
    private static final Pattern NAME = Pattern.compile("([^*\\s]++)(?:\\*(\\d{1,4}))?(\\*)?");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ATTRIBUTE_CHARS = "!#$&+-.^_`{|}~";

    /** The fragments of one parameter. */
    private static final class Extended {
        private final List<String> stored = new ArrayList<>();
        private final StringBuilder comments = new StringBuilder();
        private final Map<Integer, Fragment> fragments = new TreeMap<>();
    }

    /** An extended parameter, or a piece of one. */
    private record Fragment(String attribute, int number, boolean encoded, String value) {
        /** None of a parameter that is not extended. RFC 2231 section 3: pieces without a charset may follow one that has it. */
        static Optional<Fragment> of(String parameter) {
            int equals = parameter.indexOf('=');
            Matcher name = NAME.matcher(equals < 0 ? "" : parameter.substring(0, equals).strip());
            if (!name.matches() || name.group(2) == null && name.group(3) == null) {
                return Optional.empty();
            }
            return Optional.of(new Fragment(name.group(1), name.group(2) == null ? 0 : Integer.parseInt(name.group(2)),
                name.group(3) != null, parameter.substring(equals + 1).strip()));
        }
    }

    private ParameterConversion() {
    }

    /** Converts the value of a field, which starts at that character. */
    static String convert(String field, int start, CharsetTarget target) throws UnencodableException {
        String value = field.substring(start).replaceAll("\r?\n", "");
        Map<String, Object> parts = new LinkedHashMap<>();
        boolean any = false;
        for (String part : split(value)) {
            StringBuilder comments = new StringBuilder();
            Optional<Fragment> found = Fragment.of(withoutComments(part, comments));
            if (found.isEmpty()) {
                parts.put("=" + parts.size(), part.strip());
                continue;
            }
            any = true;
            Fragment fragment = found.get();
            Extended extended = (Extended) parts.computeIfAbsent(fragment.attribute.toLowerCase(Locale.ROOT), name -> new Extended());
            extended.stored.add(part.strip());
            extended.comments.append(comments);
            extended.fragments.put(fragment.number, fragment);
        }
        if (!any || parts.size() > MAX_FRAGMENTS) {
            return field;
        }
        List<String> written = new ArrayList<>();
        for (Object part : parts.values()) {
            written.addAll(part instanceof Extended extended ? converted(extended, target) : List.of((String) part));
        }
        return field.substring(0, start) + folded(written, start);
    }

    private static String folded(List<String> parts, int start) {
        StringBuilder folded = new StringBuilder();
        int column = start;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i) + (i + 1 < parts.size() ? ";" : "");
            boolean fits = i == 0 || column + 1 + part.length() <= MAX_LINE;
            folded.append(fits ? " " : "\r\n ").append(part);
            column = (fits ? column : 0) + 1 + part.length();
        }
        return folded.append("\r\n").toString();
    }

    private static List<String> converted(Extended extended, CharsetTarget target) throws UnencodableException {
        Fragment first = extended.fragments.get(0);
        if (first == null || !first.encoded) {
            return extended.stored;
        }
        String[] head = first.value.split("'", 3);
        if (head.length < 3) {
            return extended.stored;
        }
        Optional<Charset> charset = TextCharsets.find(head[0]);
        byte[] octets = octets(extended, head[2]);
        if (charset.isEmpty() || charset.get().equals(target.charset())) {
            return charset.isEmpty() ? extended.stored : written(extended, first.attribute, head[0] + "'" + head[1] + "'", octets);
        }
        try {
            String text = charset.get().newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            return written(extended, first.attribute, target.charset().name() + "'" + head[1] + "'", target.encode(text));
        } catch (CharacterCodingException e) {
            return extended.stored;
        }
    }

    private static byte[] octets(Extended extended, String first) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        extended.fragments.forEach((number, fragment) -> {
            String value = number == 0 ? first : fragment.value;
            octets.writeBytes(fragment.encoded ? decoded(value) : unquoted(value));
        });
        return octets.toByteArray();
    }

    private static byte[] unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return (quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] decoded(String value) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            boolean hex = value.charAt(i) == '%' && i + 2 < value.length() && Character.digit(value.charAt(i + 1), 16) >= 0
                && Character.digit(value.charAt(i + 2), 16) >= 0;
            octets.write(hex ? Integer.parseInt(value.substring(i + 1, i + 3), 16) : value.charAt(i));
            i += hex ? 2 : 0;
        }
        return octets.toByteArray();
    }

    private static List<String> written(Extended extended, String name, String head, byte[] octets) {
        StringBuilder whole = new StringBuilder(name + "*=" + head);
        for (byte octet : octets) {
            whole.append(escaped(octet));
        }
        List<String> fragments = new ArrayList<>();
        if (whole.length() + 2 <= MAX_LINE) {
            fragments.add(whole.toString());
        } else {
            StringBuilder fragment = new StringBuilder(name + "*0*=" + head);
            for (byte octet : octets) {
                String next = escaped(octet);
                if (fragment.length() + next.length() + 2 > MAX_LINE) {
                    fragments.add(fragment.toString());
                    fragment = new StringBuilder(name + "*" + fragments.size() + "*=");
                }
                fragment.append(next);
            }
            fragments.add(fragment.toString());
        }
        if (!extended.comments.isEmpty()) {
            fragments.set(fragments.size() - 1, fragments.get(fragments.size() - 1) + " " + extended.comments);
        }
        return fragments;
    }

    private static String escaped(byte octet) {
        char c = (char) (octet & 0xff);
        boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ATTRIBUTE_CHARS.indexOf(c) >= 0);
        return plain ? String.valueOf(c) : "%" + HEX.toHexDigits(octet);
    }

    /** What stands between semicolons that are in no quotes and in no comment. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i = next(value, i)) {
            if (value.charAt(i) == ';') {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        return parts;
    }

    private static String withoutComments(String part, StringBuilder comments) {
        StringBuilder without = new StringBuilder();
        for (int i = 0; i < part.length();) {
            int next = next(part, i);
            (part.charAt(i) == '(' ? comments : without).append(part, i, next);
            i = next;
        }
        return without.toString();
    }

    /** Where a character ends, or the quoted string or comment that it begins. RFC 5322 section 3.2. */
    private static int next(String value, int at) {
        char c = value.charAt(at);
        if (c != '"' && c != '(') {
            return at + 1;
        }
        int depth = 1;
        int i = at + 1;
        while (i < value.length() && depth > 0) {
            char inside = value.charAt(i);
            if (inside == '\\') {
                i++;
            } else if (c == '"') {
                depth -= inside == '"' ? 1 : 0;
            } else {
                depth += inside == '(' ? 1 : inside == ')' ? -1 : 0;
            }
            i++;
        }
        return Math.min(i, value.length());
    }
}

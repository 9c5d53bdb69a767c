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
package io.jamesext.groupware.calendar;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.google.common.base.CharMatcher;

/** Writes a calendar as text: RFC 5545 section 3.1. */
public final class CalendarWriter {
    /** Octets, without the line break. */
    private static final int MAX_LINE = 75;
    private static final CharMatcher SPECIAL = CharMatcher.anyOf(";:,");
    /** RFC 5545 sections 3.2.4, 3.2.5 and 3.2.11: several addresses, each in quotes. */
    private static final Set<String> LISTS = Set.of("DELEGATED-FROM", "DELEGATED-TO", "MEMBER");

    private CalendarWriter() {
    }

    /** The text, with CRLF at the end of each line. */
    public static String write(CalendarComponent calendar) {
        StringBuilder out = new StringBuilder();
        write(calendar, out);
        return out.toString();
    }

    private static void write(CalendarComponent component, StringBuilder out) {
        out.append("BEGIN:").append(component.name()).append("\r\n");
        component.properties().forEach(property -> fold(line(property), out));
        component.components().forEach(inner -> write(inner, out));
        out.append("END:").append(component.name()).append("\r\n");
    }

    private static String line(CalendarProperty property) {
        StringBuilder line = new StringBuilder(property.name());
        property.parameters().forEach((name, value) -> line.append(';').append(name).append('=').append(parameter(name, value)));
        return line.append(':').append(property.value()).toString();
    }

    /** RFC 5545 section 3.2; RFC 6868 for what can be in no quotes. */
    private static String parameter(String name, String value) {
        String encoded = value.replace("^", "^^").replace("\"", "^'");
        return LISTS.contains(name) ? "\"" + encoded.replace(",", "\",\"") + "\""
            : SPECIAL.matchesAnyOf(encoded) ? "\"" + encoded + "\"" : encoded;
    }

    /** Between code points, not octets. */
    private static void fold(String line, StringBuilder out) {
        int length = 0;
        for (int i = 0; i < line.length(); i = line.offsetByCodePoints(i, 1)) {
            String character = line.substring(i, line.offsetByCodePoints(i, 1));
            int octets = character.getBytes(StandardCharsets.UTF_8).length;
            if (length + octets > MAX_LINE) {
                out.append("\r\n ");
                length = 1;
            }
            out.append(character);
            length += octets;
        }
        out.append("\r\n");
    }
}

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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads a calendar from text, whatever wrote it: RFC 5545 section 3.1. Lines that are broken are left out, and so is what stands outside
 * of the first VCALENDAR.
 */
public final class CalendarReader {
    /** The longest text of one item. It protects the heap, as the next two do. */
    public static final int MAX_CHARACTERS = 1024 * 1024;
    private static final int MAX_PROPERTIES = 10_000;
    private static final int MAX_COMPONENTS = 1_000;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_PARAMETERS = 32;

    private final Deque<Open> open = new ArrayDeque<>();
    private Optional<CalendarComponent> calendar = Optional.empty();
    private int properties;
    private int components;

    private record Open(String name, List<CalendarProperty> properties, List<CalendarComponent> components) {
    }

    private CalendarReader() {
    }

    /**
     * Reads the first calendar of a text.
     *
     * @return nothing where there is none
     * @throws ProtocolException when it is too big
     */
    public static Optional<CalendarComponent> read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw tooBig();
        }
        CalendarReader reader = new CalendarReader();
        StringBuilder line = new StringBuilder();
        for (String part : Splitter.on('\n').split(text)) {
            String stripped = part.endsWith("\r") ? part.substring(0, part.length() - 1) : part;
            // RFC 5545 section 3.1: a line that begins with a blank goes on with the one before.
            if (stripped.startsWith(" ") || stripped.startsWith("\t")) {
                line.append(stripped, 1, stripped.length());
            } else {
                reader.line(line.toString());
                line.setLength(0);
                line.append(stripped);
            }
        }
        reader.line(line.toString());
        while (!reader.open.isEmpty()) {
            reader.end();
        }
        return reader.calendar;
    }

    private static ProtocolException tooBig() {
        return new ProtocolException(Failure.TOO_BIG, "the calendar item is too big");
    }

    private void line(String line) {
        if (line.isEmpty() || calendar.isPresent()) {
            return;
        }
        property(line).ifPresent(property -> {
            switch (property.name()) {
                case "BEGIN" -> begin(property.value().strip().toUpperCase(Locale.US));
                case "END" -> endOf(property.value().strip().toUpperCase(Locale.US));
                default -> {
                    if (!open.isEmpty()) {
                        open.element().properties.add(property);
                    }
                }
            }
        });
    }

    private void begin(String name) {
        if (open.isEmpty() && !name.equals(CalendarComponent.CALENDAR) || !CalendarProperty.isName(name)) {
            return;
        }
        components++;
        if (components > MAX_COMPONENTS || open.size() >= MAX_DEPTH) {
            throw tooBig();
        }
        open.push(new Open(name, new ArrayList<>(), new ArrayList<>()));
    }

    /** Ends it with all that stand open within it. */
    private void endOf(String name) {
        if (open.stream().anyMatch(candidate -> candidate.name.equals(name))) {
            while (!open.element().name.equals(name)) {
                end();
            }
            end();
        }
    }

    private void end() {
        Open ended = open.pop();
        CalendarComponent component = CalendarComponent.of(ended.name, ended.properties, ended.components);
        if (open.isEmpty()) {
            calendar = Optional.of(component);
        } else {
            open.element().components.add(component);
        }
    }

    private Optional<CalendarProperty> property(String line) {
        properties++;
        if (properties > MAX_PROPERTIES) {
            throw tooBig();
        }
        int nameEnd = indexOfAny(line, 0, ";:");
        if (nameEnd < 0 || !CalendarProperty.isName(line.substring(0, nameEnd))) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = nameEnd;
        while (line.charAt(at) == ';') {
            int equals = line.indexOf('=', at);
            int end = equals < 0 ? -1 : indexOfAny(line, equals + 1, ";:");
            if (end < 0 || parameters.size() >= MAX_PARAMETERS) {
                return Optional.empty();
            }
            String parameter = line.substring(at + 1, equals).toUpperCase(Locale.US);
            String value = decoded(line.substring(equals + 1, end).replace("\"", ""));
            if (CalendarProperty.isName(parameter) && CalendarProperty.isLine(value)) {
                parameters.put(parameter, value);
            }
            at = end;
        }
        String value = line.substring(at + 1);
        return CalendarProperty.isLine(value)
            ? Optional.of(new CalendarProperty(line.substring(0, nameEnd), ImmutableMap.copyOf(parameters), value)) : Optional.empty();
    }

    /** Outside of quotes. */
    private static int indexOfAny(String line, int from, String characters) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && characters.indexOf(c) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** RFC 6868 section 3.1. A line feed becomes a blank, for here it would be of no use. */
    private static String decoded(String parameter) {
        return parameter.indexOf('^') < 0 ? parameter
            : parameter.replace("^n", " ").replace("^N", " ").replace("^'", "\"").replace("^^", "^");
    }
}

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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;

/**
 * One content line. RFC 5545 section 3.1.
 *
 * @param name in capital letters
 * @param parameters by their names in capital letters, without quotes; several values of one stand behind each other with commas
 * @param value as it is written, with its backslashes, on one line
 */
public record CalendarProperty(String name, ImmutableMap<String, String> parameters, String value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Set<String> OF_VALUES = Set.of("TZID", "VALUE");
    /** Tabs may stand in a value; all other controls could begin a line of their own. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    /** Checks that it can be written. */
    public CalendarProperty {
        name = name.toUpperCase(Locale.US);
        if (!isName(name) || !parameters.keySet().stream().allMatch(CalendarProperty::isName)) {
            throw new IllegalArgumentException("not the name of a property or parameter");
        }
        if (!isLine(value) || !parameters.values().stream().allMatch(CalendarProperty::isLine)) {
            throw new IllegalArgumentException("a control character");
        }
    }

    /** A property without parameters whose value is not a text. */
    public static CalendarProperty raw(String name, String value) {
        return new CalendarProperty(name, ImmutableMap.of(), value);
    }

    /** A property without parameters whose value is a text. */
    public static CalendarProperty text(String name, String text) {
        return raw(name, escape(text));
    }

    /** True for what can be the name of a property or of a parameter. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** True for what can be a value. */
    public static boolean isLine(String text) {
        return !CONTROLS.matcher(text).find();
    }

    /** A parameter, if it is there. */
    public Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    /** The same with a parameter set. */
    public CalendarProperty with(String parameter, String parameterValue) {
        return new CalendarProperty(name, ImmutableMap.<String, String>builder().putAll(parameters).put(parameter, parameterValue)
            .buildKeepingLast(), value);
    }

    /** The same with only those parameters without which the value cannot be read: RFC 5545 sections 3.2.19 and 3.2.20. */
    CalendarProperty bare() {
        return new CalendarProperty(name, ImmutableMap.copyOf(Maps.filterKeys(parameters, OF_VALUES::contains)), value);
    }

    /** The value of a text, without its backslashes. */
    public String text() {
        return unescape(value);
    }

    /** The values of a list of texts, which commas part. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\') {
                i++;
            } else if (value.charAt(i) == ',') {
                texts.add(unescape(value.substring(begin, i)));
                begin = i + 1;
            }
        }
        texts.add(unescape(value.substring(begin)));
        return texts;
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char escaped = value.charAt(++i);
                text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** RFC 5545 section 3.3.11; control characters, which a text cannot have, become blanks. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.replace("\r\n", "\n").toCharArray()) {
            switch (c) {
                case '\\', ';', ',' -> escaped.append('\\').append(c);
                case '\n', '\r' -> escaped.append("\\n");
                default -> escaped.append(Character.isISOControl(c) && c != '\t' ? ' ' : c);
            }
        }
        return escaped.toString();
    }
}

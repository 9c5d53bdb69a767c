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

package io.jamesext.converter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Date field says. RFC 5256 section 2.2, with the forms of RFC 5322 sections 3.3 and 4.3.
 *
 * @param day that it names, whatever its zone: RFC 3501 section 6.4.4
 * @param second since the epoch, in UTC
 */
public record SentDate(LocalDate day, long second) {
    /** More than any date has; what follows is not looked at. */
    private static final int MAX_LENGTH = 200;
    private static final Pattern DATE = Pattern.compile(
        "\\s*(?:[A-Za-z]+\\.?\\s*,?\\s*)?(\\d{1,2})[\\s-]+([A-Za-z]{3,9})[\\s.-]+(\\d{2,4})(?!\\d)(.*)", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile(
        "\\s*,?\\s*(\\d{1,2})\\s*:\\s*(\\d{1,2})(?:\\s*:\\s*(\\d{1,2})(?:\\.\\d*)?)?(?!\\d)(.*)", Pattern.DOTALL);
    private static final Pattern ZONE = Pattern.compile("\\s*([+-]?)(\\d{2})(\\d{2})(?!\\d).*", Pattern.DOTALL);
    private static final Pattern NAMED_ZONE = Pattern.compile("\\s*([A-Za-z]{3})(?![A-Za-z]).*", Pattern.DOTALL);
    private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    /** RFC 5322 section 4.3, in hours. All other names are UTC: those that are, and those that nobody knows. */
    private static final Map<String, Integer> NAMED_ZONES = Map.of("EDT", -4, "EST", -5, "CDT", -5, "CST", -6, "MDT", -6, "MST", -7,
        "PDT", -7, "PST", -8);

    /** None if the field names no day. */
    public static Optional<SentDate> of(String field) {
        Matcher date = DATE.matcher(withoutComments(field));
        if (!date.matches()) {
            return Optional.empty();
        }
        try {
            int month = MONTHS.indexOf(date.group(2).substring(0, 3).toUpperCase(Locale.ROOT)) + 1;
            LocalDate day = LocalDate.of(year(date.group(3)), month, Integer.parseInt(date.group(1)));
            return Optional.of(new SentDate(day, day.atStartOfDay().toEpochSecond(ZoneOffset.UTC) + secondOfDay(date.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** RFC 5322 section 4.3. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 2 -> year < 50 ? year + 2000 : year + 1900;
            case 3 -> year + 1900;
            default -> year;
        };
    }

    /** The time with its zone taken off; a time that is none is 00:00:00. */
    private static long secondOfDay(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return 0;
        }
        long zone = zoneSeconds(time.group(4));
        try {
            int second = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
            LocalTime minute = LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)));
            // RFC 5322 section 3.3: 60 is a leap second.
            return second > 60 ? -zone : minute.toSecondOfDay() + second - zone;
        } catch (DateTimeException e) {
            return -zone;
        }
    }

    /** RFC 5256 section 2.2: an invalid zone is UTC. */
    private static long zoneSeconds(String text) {
        Matcher zone = ZONE.matcher(text);
        if (zone.matches()) {
            int minutes = Integer.parseInt(zone.group(3));
            long seconds = Integer.parseInt(zone.group(2)) * 3600L + minutes * 60L;
            return minutes > 59 || zone.group(1).isEmpty() ? 0 : zone.group(1).equals("-") ? -seconds : seconds;
        }
        Matcher name = NAMED_ZONE.matcher(text);
        return name.matches() ? NAMED_ZONES.getOrDefault(name.group(1).toUpperCase(Locale.ROOT), 0) * 3600L : 0;
    }

    /** Comments nest; each is a space. */
    private static String withoutComments(String field) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int at = 0; at < field.length() && text.length() < MAX_LENGTH; at++) {
            char c = field.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
                text.append(' ');
            } else if (depth == 0) {
                text.append(c);
            } else if (c == '\\') {
                at++;
            }
        }
        return text.toString();
    }
}

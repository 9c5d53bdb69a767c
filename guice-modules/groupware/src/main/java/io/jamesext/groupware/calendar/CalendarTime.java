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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A date, or a date and a time. RFC 5545 sections 3.3.4 and 3.3.5.
 *
 * @param local as it is written; of a date, its first second
 * @param isDate true for a date
 * @param zone where it is so: {@code Z} for UTC, the name of a time zone, or empty for where the reader is
 */
public record CalendarTime(LocalDateTime local, boolean isDate, String zone) {
    /** The zone of a time that ends with Z. */
    public static final String UTC = "Z";
    private static final Pattern FORM = Pattern.compile("[0-9]{8}(T[0-9]{6}Z?)?");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
        .withResolverStyle(ResolverStyle.STRICT);

    /** A property's value; nothing where it is no time. */
    public static Optional<CalendarTime> of(CalendarProperty property) {
        return parse(property.value().strip(), property.parameter("TZID").orElse(""));
    }

    /**
     * A value.
     *
     * @param zone that of a time without Z
     */
    public static Optional<CalendarTime> parse(String value, String zone) {
        if (!FORM.matcher(value).matches()) {
            return Optional.empty();
        }
        try {
            if (value.length() == "20070401".length()) {
                return Optional.of(new CalendarTime(LocalDate.parse(value, DATE).atStartOfDay(), true, ""));
            }
            boolean isUtc = value.endsWith(UTC);
            // RFC 5545 section 3.3.12: a leap second is taken as the second before.
            String local = value.substring(0, "20070401T1000".length()) + value.substring("20070401T1000".length()).replace("60", "59")
                .replace(UTC, "");
            return Optional.of(new CalendarTime(LocalDateTime.parse(local, DATE_TIME), false, isUtc ? UTC : zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time in UTC, as a value. */
    public static String utc(Instant time) {
        return DATE_TIME.format(time.atOffset(ZoneOffset.UTC)) + UTC;
    }

    /** A property that has it as its value. */
    CalendarProperty property(String name) {
        if (isDate) {
            return CalendarProperty.raw(name, DATE.format(local)).with("VALUE", "DATE");
        }
        CalendarProperty property = CalendarProperty.raw(name, DATE_TIME.format(local) + (zone.equals(UTC) ? UTC : ""));
        return zone.isEmpty() || zone.equals(UTC) ? property : property.with("TZID", zone);
    }

    /** The same kind of time at another hour. */
    CalendarTime at(LocalDateTime other) {
        return new CalendarTime(other, isDate, zone);
    }
}

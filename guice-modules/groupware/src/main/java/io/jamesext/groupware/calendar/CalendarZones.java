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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The time zones of one calendar. A name that Java knows is that zone, whatever the calendar says of it; only of others the calendar's own
 * VTIMEZONE is asked. Nothing is ever fetched.
 */
public final class CalendarZones {
    private static final int MAX_YEARS_BACK = 2;
    private static final int MAX_NAME = 255;
    /** Of the name of a zone of Java's, as in America/Argentina/Salta. */
    private static final int MAX_PARTS = 3;
    private static final Pattern REGION = Pattern.compile("(?:.*/)?([A-Za-z_]+/[A-Za-z_+-]+(?:/[A-Za-z_]+)?)|UTC|GMT");

    private final ZoneId home;
    private final Map<String, ZoneId> known = new HashMap<>();
    private final Map<String, List<Observance>> own = new HashMap<>();

    /** Standard or daylight time: when it began, when it begins again, and how far it is from UTC then. */
    private record Observance(LocalDateTime start, Optional<Recurrence> again, ZoneOffset offset) {
        static Stream<Observance> of(CalendarComponent component) {
            Optional<LocalDateTime> start = component.first("DTSTART").flatMap(CalendarTime::of).map(CalendarTime::local);
            Optional<ZoneOffset> offset = component.text("TZOFFSETTO").flatMap(Observance::offset);
            return start.isEmpty() || offset.isEmpty() ? Stream.empty()
                : Stream.of(new Observance(start.get(), component.text("RRULE").flatMap(Recurrence::parse), offset.get()));
        }

        /** RFC 5545 section 3.3.14. */
        private static Optional<ZoneOffset> offset(String text) {
            try {
                return Optional.of(ZoneOffset.of(text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        /** When it began last, before a time. */
        Optional<LocalDateTime> onset(LocalDateTime time, Recurrence.Budget budget) {
            if (start.isAfter(time)) {
                return Optional.empty();
            }
            LocalDateTime from = time.minusYears(MAX_YEARS_BACK);
            return again.flatMap(rule -> rule.between(start, from, time, budget))
                .flatMap(onsets -> onsets.stream().max(Comparator.naturalOrder()))
                .or(() -> Optional.of(start));
        }
    }

    /**
     * The zones of a calendar.
     *
     * @param home where times are that name no zone
     */
    public CalendarZones(CalendarComponent calendar, ZoneId home) {
        this.home = home;
        calendar.components("VTIMEZONE").forEach(zone -> zone.text("TZID").ifPresent(name -> {
            zone.text("X-LIC-LOCATION").flatMap(CalendarZones::java).ifPresent(location -> known.put(name, location));
            own.put(name, zone.components().stream().flatMap(Observance::of).toList());
        }));
    }

    /** When it is. */
    public Instant instant(CalendarTime time, Recurrence.Budget budget) {
        if (time.zone().equals(CalendarTime.UTC)) {
            return time.local().toInstant(ZoneOffset.UTC);
        }
        Optional<ZoneId> zone = time.zone().isEmpty() ? Optional.of(home) : known(time.zone());
        return zone.map(found -> time.local().atZone(found).toInstant())
            .orElseGet(() -> observances(time.zone(), budget).stream()
                .flatMap(observance -> observance.onset(time.local(), budget).map(onset -> Map.entry(onset, observance.offset)).stream())
                .max(Map.Entry.comparingByKey())
                .map(latest -> time.local().toInstant(latest.getValue()))
                .orElseGet(() -> time.local().atZone(home).toInstant()));
    }

    /** Each is asked when it began, so they cost as much as times of a rule. */
    private List<Observance> observances(String name, Recurrence.Budget budget) {
        List<Observance> found = own.getOrDefault(name, List.of());
        budget.spend(found.size());
        return found;
    }

    private Optional<ZoneId> known(String name) {
        Optional<ZoneId> found = Optional.ofNullable(known.get(name));
        return found.isPresent() ? found : java(name);
    }

    /** Some write more in front of it, as in /example.org/2009/Europe/Paris. */
    private static Optional<ZoneId> java(String name) {
        if (name.length() > MAX_NAME || !REGION.matcher(name).matches()) {
            return Optional.empty();
        }
        List<String> parts = List.of(name.split("/", -1));
        for (int from = Math.max(0, parts.size() - MAX_PARTS); from < parts.size(); from++) {
            try {
                return Optional.of(ZoneId.of(String.join("/", parts.subList(from, parts.size()))));
            } catch (DateTimeException e) {
                continue;
            }
        }
        return Optional.empty();
    }
}

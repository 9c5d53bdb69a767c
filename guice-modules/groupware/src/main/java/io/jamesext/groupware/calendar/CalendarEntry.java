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

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/**
 * An event or a task: all components of a calendar that have its UID. RFC 5545 section 3.8.4.7.
 *
 * @param calendar what it was read from
 * @param main what it is as a rule
 * @param changed single times of it that are otherwise: those with a RECURRENCE-ID
 */
public record CalendarEntry(CalendarComponent calendar, CalendarComponent main, ImmutableList<CalendarComponent> changed) {
    /** Longer ones are not looked for so far back: a time that recurs is over before. */
    private static final Duration MAX_LOOK_BACK = Duration.ofDays(366);
    private static final int MAX_DATES = 10_000;
    private static final Set<String> RULES = Set.of("RRULE", "RDATE", "EXDATE");
    private static final Pattern DURATION = Pattern.compile(
        "([+-])?P(?:(\\d{1,4})W)?(?:(\\d{1,5})D)?(?:T(?:(\\d{1,6})H)?(?:(\\d{1,8})M)?(?:(\\d{1,9})S)?)?");

    /** The first event or task of a calendar. */
    public static Optional<CalendarEntry> of(CalendarComponent calendar) {
        List<CalendarComponent> items = calendar.components().stream().filter(CalendarEntry::isItem).toList();
        return items.stream().findFirst().map(first -> {
            List<CalendarComponent> same = items.stream()
                .filter(item -> item.name().equals(first.name()) && item.text("UID").equals(first.text("UID"))).toList();
            CalendarComponent main = same.stream().filter(item -> item.first("RECURRENCE-ID").isEmpty()).findFirst().orElse(first);
            return new CalendarEntry(calendar, main, same.stream().filter(item -> item != main && item.first("RECURRENCE-ID").isPresent())
                .collect(ImmutableList.toImmutableList()));
        });
    }

    /** True for events and tasks. */
    public static boolean isItem(CalendarComponent component) {
        return component.name().equals(CalendarComponent.EVENT) || component.name().equals(CalendarComponent.TASK);
    }

    /** Its identifier; empty when it has none. */
    public String uid() {
        return main.text("UID").orElse("");
    }

    /** True for a task. */
    public boolean isTask() {
        return main.name().equals(CalendarComponent.TASK);
    }

    /**
     * When it is within a time.
     *
     * @param from the first instant of interest
     * @param till the first one that is no more
     * @param home the zone of times that name none
     * @return in no order; a rule that has too many times to go through counts as none, and an item that costs more than its share of the
     *     budget or breaks our reading of it is as if it did not recur. A task without any time is always there
     */
    public List<Occurrence> between(Instant from, Instant till, ZoneId home, Recurrence.Budget budget) {
        budget.next();
        return attempt(from, till, home, budget).or(() -> once().attempt(from, till, home, new Recurrence.Budget())).orElse(List.of());
    }

    /** Anybody may have written it: what goes wrong with it must not keep the others from being shown. */
    private Optional<List<Occurrence>> attempt(Instant from, Instant till, ZoneId home, Recurrence.Budget budget) {
        try {
            return Optional.of(new Search(new CalendarZones(calendar, home), from, till, budget).run());
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** The same without what makes it be at several times, and without time zones that need rules. */
    private CalendarEntry once() {
        return new CalendarEntry(CalendarComponent.calendar(List.of()), main.without(RULES), ImmutableList.of());
    }

    /**
     * The RECURRENCE-ID of one of its times, as the item itself writes times: RFC 5545 section 3.8.4.4.
     *
     * @param time as somebody else writes it
     * @param home the zone of times that name none
     * @return nothing when it is not at this time, or is not at several times
     */
    public Optional<CalendarProperty> recurrenceId(CalendarTime time, ZoneId home) {
        CalendarZones zones = new CalendarZones(calendar, home);
        Recurrence.Budget budget = new Recurrence.Budget();
        Optional<CalendarTime> start = main.first("DTSTART").flatMap(CalendarTime::of);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Instant at = new Search(zones, Instant.EPOCH, Instant.EPOCH, budget).at(start.get(), time);
        Search search = new Search(zones, at, at, budget);
        return Stream.concat(Stream.of(main), changed.stream()).flatMap(item -> item.first("RECURRENCE-ID").stream())
            .filter(id -> CalendarTime.of(id).map(other -> search.at(start.get(), other).equals(at)).orElse(false))
            .findFirst()
            .or(() -> search.find(start.get(), at));
    }

    /**
     * The same without one of its times.
     *
     * @param time its RECURRENCE-ID, as {@link #recurrenceId} gives it
     * @return nothing where there is no other
     */
    public Optional<CalendarEntry> without(CalendarProperty time) {
        CalendarProperty left = new CalendarProperty("EXDATE", time.parameters(), time.value());
        return of(CalendarComponent.of(calendar.name(), calendar.properties(), calendar.components().stream()
            .filter(item -> !isItem(item) || !item.first("RECURRENCE-ID").equals(Optional.of(time)))
            .map(item -> isItem(item) && item.first("RECURRENCE-ID").isEmpty() ? item.plus(left) : item).toList()));
    }

    private final class Search {
        private final CalendarZones zones;
        private final Instant from;
        private final Instant till;
        private final Recurrence.Budget budget;

        Search(CalendarZones zones, Instant from, Instant till, Recurrence.Budget budget) {
            this.zones = zones;
            this.from = from;
            this.till = till;
            this.budget = budget;
        }

        List<Occurrence> run() {
            Optional<CalendarTime> start = start(main);
            if (start.isEmpty()) {
                return isTask() ? List.of(new Occurrence(Optional.empty(), Optional.empty(), Instant.MAX, main)) : List.of();
            }
            Set<Instant> elsewhere = new HashSet<>();
            Stream.concat(times(main, "EXDATE"), changed.stream().flatMap(other -> times(other, "RECURRENCE-ID")))
                .forEach(time -> elsewhere.add(at(start.get(), time)));
            Duration length = length(main, start.get());
            List<Occurrence> found = new ArrayList<>();
            TreeMap<Instant, CalendarTime> starts = new TreeMap<>();
            starts(start.get(), length).forEach(time -> starts.put(instant(time), time));
            starts.forEach((instant, time) -> {
                if (!elsewhere.contains(instant)) {
                    add(occurrence(main, time, length), found);
                }
            });
            for (CalendarComponent other : changed) {
                start(other).ifPresent(time -> add(occurrence(other, time, length(other, time)), found));
            }
            return found;
        }

        /** A time of the rule, as a RECURRENCE-ID. */
        Optional<CalendarProperty> find(CalendarTime start, Instant at) {
            boolean recurs = main.first("RECURRENCE-ID").isEmpty() && (main.text("RRULE").isPresent() || main.text("RDATE").isPresent());
            return !recurs || times(main, "EXDATE").anyMatch(time -> at(start, time).equals(at)) ? Optional.empty()
                : starts(start, length(main, start)).filter(time -> instant(time).equals(at)).findFirst()
                    .map(time -> time.property("RECURRENCE-ID"));
        }

        private void add(Occurrence occurrence, List<Occurrence> found) {
            Instant start = occurrence.start().orElseThrow();
            if (start.isBefore(till) && (occurrence.end().isAfter(from) || !start.isBefore(from))) {
                found.add(occurrence);
            }
        }

        private Occurrence occurrence(CalendarComponent component, CalendarTime time, Duration length) {
            Instant start = instant(time);
            return time.isDate()
                ? new Occurrence(Optional.of(start), Optional.of(time.local().toLocalDate()), instant(time.at(time.local().plus(length))),
                    component)
                : new Occurrence(Optional.of(start), Optional.empty(), start.plus(length), component);
        }

        private Stream<CalendarTime> starts(CalendarTime start, Duration length) {
            LocalDateTime first = LocalDateTime.ofInstant(from, ZoneOffset.UTC)
                .minus(length.compareTo(MAX_LOOK_BACK) < 0 ? length : MAX_LOOK_BACK).minusDays(1);
            LocalDateTime last = LocalDateTime.ofInstant(till, ZoneOffset.UTC).plusDays(1);
            Optional<Recurrence> rule = main.first("RECURRENCE-ID").isPresent() ? Optional.empty()
                : main.text("RRULE").flatMap(Recurrence::parse);
            Stream<CalendarTime> ruled = rule.flatMap(found -> found.between(start.local(), first, last, budget)
                    .map(times -> times.stream().map(start::at).filter(time -> !isAfterEnd(time, found))))
                .orElseGet(() -> Stream.of(start));
            return Stream.concat(ruled, times(main, "RDATE"));
        }

        private boolean isAfterEnd(CalendarTime time, Recurrence rule) {
            return rule.until().map(until -> until.zone().equals(CalendarTime.UTC) ? instant(time).isAfter(instant(until))
                : until.isDate() ? time.local().toLocalDate().isAfter(until.local().toLocalDate())
                : time.local().isAfter(until.local())).orElse(false);
        }

        private Instant instant(CalendarTime time) {
            return zones.instant(time, budget);
        }

        /** Some leave out a day by its date, where the rule has times. */
        private Instant at(CalendarTime start, CalendarTime time) {
            return instant(time.isDate() && !start.isDate() ? start.at(time.local().toLocalDate().atTime(start.local().toLocalTime()))
                : time);
        }

        /** RFC 5545 sections 3.6.1 and 3.6.2. */
        private Duration length(CalendarComponent component, CalendarTime start) {
            Duration length = component.first(isTask() ? "DUE" : "DTEND").flatMap(CalendarTime::of)
                .map(end -> start.isDate() || end.isDate() ? Duration.between(start.local(), end.local())
                    : Duration.between(instant(start), instant(end)))
                .or(() -> component.text("DURATION").flatMap(CalendarEntry::duration))
                .orElse(start.isDate() && !isTask() ? Duration.ofDays(1) : Duration.ZERO);
            return length.isNegative() ? Duration.ZERO : length;
        }

        private Optional<CalendarTime> start(CalendarComponent component) {
            return component.first("DTSTART").flatMap(CalendarTime::of)
                .or(() -> isTask() ? component.first("DUE").flatMap(CalendarTime::of) : Optional.empty());
        }
    }

    private static Stream<CalendarTime> times(CalendarComponent component, String property) {
        return component.all(property)
            .flatMap(dates -> Splitter.on(',').splitToStream(dates.value())
                // RFC 5545 section 3.3.9: of a period, the start.
                .flatMap(date -> CalendarTime.parse(date.strip().replaceFirst("/.*", ""), dates.parameter("TZID").orElse("")).stream()))
            .limit(MAX_DATES);
    }

    /** RFC 5545 section 3.3.6. */
    static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Duration duration = part(parts, 2, ChronoUnit.DAYS, 7).plus(part(parts, 3, ChronoUnit.DAYS, 1))
            .plus(part(parts, 4, ChronoUnit.HOURS, 1)).plus(part(parts, 5, ChronoUnit.MINUTES, 1))
            .plus(part(parts, 6, ChronoUnit.SECONDS, 1));
        return Optional.of("-".equals(parts.group(1)) ? duration.negated() : duration);
    }

    private static Duration part(Matcher parts, int group, ChronoUnit unit, int times) {
        return Optional.ofNullable(parts.group(group)).map(number -> Duration.of(Long.parseLong(number) * times, unit))
            .orElse(Duration.ZERO);
    }
}

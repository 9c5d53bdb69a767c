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
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a calendar says of the zones it names: RFC 5545 section 3.6.5. Of Java's zones, as they are now and go on. */
public final class ZoneDefinition {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final LocalDateTime BEGIN = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final int LAST_YEAR = 2037;
    private static final int WEEK = 7;
    private static final Set<String> RULES = Set.of("TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE");

    private ZoneDefinition() {
    }

    /** The same calendar with a VTIMEZONE for each zone of Java's that its items name and that it had not. */
    public static CalendarComponent complete(CalendarComponent calendar, Instant now) {
        List<String> had = calendar.components("VTIMEZONE").flatMap(zone -> zone.text("TZID").stream()).toList();
        Stream<CalendarComponent> added = calendar.components().stream()
            .flatMap(item -> item.properties().stream())
            .flatMap(property -> property.parameter("TZID").stream())
            .distinct()
            .filter(name -> !had.contains(name))
            .flatMap(name -> of(name, now).stream());
        return CalendarComponent.of(calendar.name(), calendar.properties(), Stream.concat(added, calendar.components().stream()).toList());
    }

    /** What a definition says of times, without names and comments: whoever has written them. */
    static CalendarComponent rules(CalendarComponent zone) {
        return CalendarComponent.of(zone.name(), stripped(zone), zone.components().stream()
            .map(observance -> CalendarComponent.of(observance.name(), stripped(observance), List.of())).toList());
    }

    private static List<CalendarProperty> stripped(CalendarComponent component) {
        return component.properties().stream().filter(property -> RULES.contains(property.name())).map(CalendarProperty::bare).toList();
    }

    private static Optional<CalendarComponent> of(String name, Instant now) {
        try {
            ZoneRules rules = ZoneId.of(name).getRules();
            List<CalendarComponent> observances = rules.getTransitionRules().isEmpty()
                ? List.of(observance("STANDARD", BEGIN, rules.getOffset(now), rules.getOffset(now), ""))
                : rules.getTransitionRules().stream().map(ZoneDefinition::observance).toList();
            return Optional.of(CalendarComponent.of("VTIMEZONE", List.of(CalendarProperty.text("TZID", name)), observances));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static CalendarComponent observance(ZoneOffsetTransitionRule rule) {
        List<LocalDateTime> onsets = IntStream.rangeClosed(BEGIN.getYear(), LAST_YEAR)
            .mapToObj(year -> rule.createTransition(year).getDateTimeBefore()).toList();
        boolean isDaylight = rule.getOffsetAfter().getTotalSeconds() > rule.getStandardOffset().getTotalSeconds();
        return observance(isDaylight ? "DAYLIGHT" : "STANDARD", onsets.get(0), rule.getOffsetBefore(), rule.getOffsetAfter(),
            "FREQ=YEARLY;BYMONTH=" + onsets.get(0).getMonthValue() + days(onsets));
    }

    /** The same day each year, the last or another Sunday of the month, or a Sunday from a day on. */
    private static String days(List<LocalDateTime> onsets) {
        if (onsets.stream().map(LocalDateTime::getDayOfWeek).distinct().count() > 1) {
            return ";BYMONTHDAY=" + onsets.get(0).getDayOfMonth();
        }
        String day = onsets.get(0).getDayOfWeek().name().substring(0, 2).toUpperCase(Locale.US);
        if (onsets.stream().allMatch(onset -> onset.getDayOfMonth() + WEEK > onset.toLocalDate().lengthOfMonth())) {
            return ";BYDAY=-1" + day;
        }
        List<Integer> weeks = onsets.stream().map(onset -> (onset.getDayOfMonth() - 1) / WEEK + 1).distinct().toList();
        return weeks.size() == 1 ? ";BYDAY=" + weeks.get(0) + day
            : ";BYDAY=" + day + ";BYMONTHDAY=" + onsets.stream().map(LocalDateTime::getDayOfMonth).distinct().sorted()
                .map(String::valueOf).collect(Collectors.joining(","));
    }

    private static CalendarComponent observance(String name, LocalDateTime start, ZoneOffset before, ZoneOffset after, String rule) {
        Stream<CalendarProperty> properties = Stream.of(CalendarProperty.raw("DTSTART", DATE_TIME.format(start)),
            CalendarProperty.raw("TZOFFSETFROM", offset(before)), CalendarProperty.raw("TZOFFSETTO", offset(after)));
        return CalendarComponent.of(name, Stream.concat(properties,
            rule.isEmpty() ? Stream.of() : Stream.of(CalendarProperty.raw("RRULE", rule))).toList(), List.of());
    }

    /** RFC 5545 section 3.3.14. */
    private static String offset(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "+0000" : offset.getId().replace(":", "");
    }
}

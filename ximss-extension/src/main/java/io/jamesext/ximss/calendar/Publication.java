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
package io.jamesext.ximss.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableMap;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarProperty;
import io.jamesext.groupware.calendar.CalendarTime;
import io.jamesext.groupware.calendar.Recurrence;
import io.jamesext.groupware.calendar.ZoneDefinition;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What a client publishes, checked and with all that an item must have: RFC 5545 section 3.6.1. */
public final class Publication {
    private static final List<String> TIMES = List.of("DTSTART", "DTEND", "DUE", "RECURRENCE-ID");

    private Publication() {
    }

    /**
     * Checks what does not depend on what is stored.
     *
     * @throws ProtocolException for several items, or one that nobody could show
     */
    public static CalendarComponent check(CalendarComponent calendar) {
        List<CalendarComponent> items = calendar.components().stream().filter(CalendarEntry::isItem).toList();
        if (items.stream().map(item -> item.name() + " " + item.text("UID").orElse("")).distinct().count() > 1) {
            throw new ProtocolException(Failure.SYNTAX, "only one item can be published at once");
        }
        if (items.size() > 1 && items.stream().filter(item -> item.first("RECURRENCE-ID").isEmpty()).count() > 1) {
            throw new ProtocolException(Failure.SYNTAX, "a component of the same uid needs a recurrence-id");
        }
        items.forEach(Publication::checkItem);
        return calendar;
    }

    private static void checkTimes(CalendarComponent item) {
        TIMES.stream().flatMap(item::all).forEach(time -> {
            if (CalendarTime.of(time).isEmpty()) {
                throw new ProtocolException(Failure.SYNTAX, time.name().toLowerCase(Locale.US) + " is no time");
            }
        });
    }

    private static void checkItem(CalendarComponent item) {
        checkTimes(item);
        if (item.name().equals(CalendarComponent.EVENT) && item.first("DTSTART").isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "an event needs dtstart");
        }
        if (item.all("RRULE").count() > 1) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "there can be only one rrule");
        }
        item.text("RRULE").ifPresent(text -> {
            Recurrence rule = Recurrence.parse(text)
                .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "rrule is no recurrence rule that can be read"));
            if (!rule.isBounded()) {
                throw new ProtocolException(Failure.NOT_SUPPORTED, "the recurrence is too frequent");
            }
        });
    }

    /**
     * What is to be stored.
     *
     * @param times the RECURRENCE-IDs of what is published of it; none when that is all of it
     */
    public record Merged(CalendarComponent calendar, Set<CalendarProperty> times) {
    }

    /**
     * A calendar with single times of a stored item, put into that item: RFC 5546 section 3.2.2 has a client send only what is changed.
     *
     * @param home the zone of times that name none
     * @return the calendar as it is where it has the item itself
     * @throws ProtocolException when the item is not at one of the times
     */
    public static Merged merged(CalendarComponent calendar, CalendarEntry stored, ZoneId home) {
        List<CalendarComponent> items = calendar.components().stream().filter(CalendarEntry::isItem).toList();
        if (!items.stream().allMatch(item -> item.first("RECURRENCE-ID").isPresent())) {
            return new Merged(calendar, Set.of());
        }
        boolean isSeries = stored.main().first("RECURRENCE-ID").isEmpty();
        List<CalendarComponent> changed = items.stream().map(item -> {
            CalendarProperty id = item.first("RECURRENCE-ID").orElseThrow();
            Optional<CalendarProperty> known = CalendarTime.of(id).flatMap(time -> stored.recurrenceId(time, home));
            if (known.isEmpty() && isSeries) {
                throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "the item is not at this time, or at no other");
            }
            return item.with(known.orElse(id));
        }).toList();
        Set<CalendarProperty> times = changed.stream().flatMap(item -> item.first("RECURRENCE-ID").stream()).collect(Collectors.toSet());
        Set<String> zones = calendar.components("VTIMEZONE").flatMap(zone -> zone.text("TZID").stream()).collect(Collectors.toSet());
        Stream<CalendarComponent> kept = stored.calendar().components().stream()
            .filter(old -> old.first("RECURRENCE-ID").map(id -> !times.contains(id)).orElse(true))
            .filter(old -> old.text("TZID").map(zone -> !zones.contains(zone)).orElse(true));
        Stream<CalendarComponent> others = calendar.components().stream().filter(other -> !CalendarEntry.isItem(other));
        return new Merged(CalendarComponent.calendar(Stream.of(others, kept, changed.stream()).flatMap(all -> all).toList()), times);
    }

    /**
     * The item as it is stored.
     *
     * @param old the one in whose place it comes
     * @param user the e-mail address of who publishes it, who is the organizer where there are attendees and nobody else is
     */
    public static CalendarEntry complete(CalendarComponent calendar, Optional<CalendarEntry> old, String user, Instant now) {
        String uid = CalendarEntry.of(calendar).map(CalendarEntry::uid).filter(text -> !text.isEmpty())
            .orElseGet(() -> UUID.randomUUID().toString());
        Optional<CalendarProperty> created = old.flatMap(earlier -> earlier.main().first("CREATED"));
        int sequence = old.map(earlier -> earlier.main().number("SEQUENCE").orElse(0) + 1).orElse(0);
        boolean hasGuests = calendar.components().stream().anyMatch(item -> item.first("ATTENDEE").isPresent());
        CalendarProperty time = CalendarProperty.raw("DTSTAMP", CalendarTime.utc(now));
        Stream<CalendarComponent> components = calendar.components().stream().map(component -> {
            if (!CalendarEntry.isItem(component)) {
                return component;
            }
            CalendarComponent item = component.withMissing(CalendarProperty.text("UID", uid))
                .withMissing(created.orElseGet(() -> CalendarProperty.raw("CREATED", time.value())))
                .with(time)
                .with(CalendarProperty.raw("LAST-MODIFIED", time.value()))
                .with(CalendarProperty.raw("SEQUENCE",
                    Integer.toString(Math.max(sequence, component.number("SEQUENCE").orElse(0)))));
            return hasGuests ? item.withMissing(new CalendarProperty("ORGANIZER", ImmutableMap.of(), "mailto:" + user)) : item;
        });
        CalendarComponent complete = CalendarComponent.of(calendar.name(), calendar.properties(), components.toList());
        return CalendarEntry.of(ZoneDefinition.complete(complete, now)).orElseThrow();
    }
}

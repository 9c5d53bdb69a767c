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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.common.base.Ascii;

/**
 * What people tell each other by mail about an event or a task: iTIP, RFC 5546.
 *
 * @param from who tells it, an e-mail address
 * @param recipients e-mail addresses, at least one, each once
 * @param subject for people
 * @param calendar with its METHOD
 */
public record Invitation(String from, List<String> recipients, String subject, CalendarComponent calendar) {
    private static final String NEEDS_ACTION = "NEEDS-ACTION";
    private static final String DECLINED = "DECLINED";
    private static final String MAILTO = "mailto:";
    /** RFC 5546 section 3.2.3: what an answer needs, and what people want to see in it. */
    private static final Set<String> OF_REPLIES = Set.of("UID", "DTSTAMP", "SEQUENCE", "RECURRENCE-ID", "ORGANIZER", "DTSTART", "SUMMARY");
    private static final List<String> OF_CANCELS = List.of("UID", "RECURRENCE-ID", "DTSTART");
    /** What is said of all times, and is not so of one. */
    private static final Set<String> OF_SERIES = Set.of("DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "RDATE", "EXDATE");
    private static final int MAX_SUMMARY = 200;
    /** As many as an invitation can be sent to; an item with more comes from somebody else. */
    private static final int MAX_CANCELLED = 1000;

    /**
     * What is to be told when somebody has stored an item: the organizer tells the attendees, and those who are no longer; an attendee
     * tells the organizer, where the answer is new.
     *
     * @param old what was there before: several where something went wrong earlier, the latest last
     * @param own the e-mail addresses of who has stored it, in either case
     */
    public static List<Invitation> stored(CalendarEntry entry, List<CalendarEntry> old, Set<String> own, Instant now) {
        Optional<String> organizer = organizer(entry);
        if (organizer.isEmpty()) {
            return List.of();
        }
        if (!own.contains(organizer.get())) {
            Optional<CalendarProperty> answer = answer(entry.main(), own);
            Optional<String> before = latest(old).flatMap(earlier -> answer(earlier.main(), own)).map(Invitation::status);
            return answer.filter(attendee -> !status(attendee).equals(NEEDS_ACTION) && !before.equals(Optional.of(status(attendee))))
                .map(attendee -> reply(entry, attendee, organizer.get(), now)).stream().toList();
        }
        List<Invitation> told = new ArrayList<>();
        List<String> invited = others(List.of(entry), own);
        if (!invited.isEmpty()) {
            told.add(new Invitation(organizer.get(), invited, summary(entry), calendar("REQUEST", entry,
                items(entry).map(Invitation::withoutAlarms).toList())));
        }
        Set<String> staying = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        staying.addAll(invited);
        List<String> gone = others(old, own).stream().filter(address -> !staying.contains(address)).toList();
        told.addAll(cancel(entry, series(entry), false, gone, now));
        return told;
    }

    /**
     * What is to be told when somebody has stored single times of an item: the organizer tells the attendees of these times, an attendee
     * answers for them. The rest of the item may be somebody else's, and is not sent.
     *
     * @param times their RECURRENCE-IDs
     */
    public static List<Invitation> changed(CalendarEntry entry, Set<CalendarProperty> times, Set<String> own, Instant now) {
        List<CalendarComponent> items = items(entry)
            .filter(item -> item.first("RECURRENCE-ID").map(times::contains).orElse(false)).map(Invitation::withoutAlarms).toList();
        Optional<String> organizer = organizer(entry);
        if (organizer.isEmpty()) {
            return List.of();
        }
        if (!own.contains(organizer.get())) {
            return items.stream().flatMap(item -> answer(item, own)
                .filter(attendee -> !status(attendee).equals(NEEDS_ACTION))
                .map(attendee -> reply(entry, item, attendee, organizer.get(), now)).stream()).toList();
        }
        List<String> invited = items.stream().flatMap(item -> guests(item, own)).distinct().toList();
        String summary = items.stream().flatMap(item -> item.text("SUMMARY").stream()).findFirst().orElse("");
        return invited.isEmpty() ? List.of()
            : List.of(new Invitation(organizer.get(), invited, summary, calendar("REQUEST", entry, items)));
    }

    /**
     * What is to be told when somebody takes an item away: the organizer cancels it, an attendee declines it.
     *
     * @param entries what is there of it, the latest last
     */
    public static List<Invitation> removed(List<CalendarEntry> entries, Set<String> own, Instant now) {
        return latest(entries).map(entry -> isOrganizer(entry, own)
            ? cancel(entry, series(entry), true, others(entries, own), now) : declined(entry, entry.main(), own, now)).orElse(List.of());
    }

    /**
     * What is to be told when somebody takes one time of an item away.
     *
     * @param entry as it was before
     * @param time the time's RECURRENCE-ID
     */
    public static List<Invitation> removed(CalendarEntry entry, CalendarProperty time, Set<String> own, Instant now) {
        CalendarComponent single = entry.main().without(OF_SERIES).with(time);
        return isOrganizer(entry, own) ? cancel(entry, List.of(single), true, others(List.of(entry), own), now)
            : declined(entry, single, own, now);
    }

    /** The e-mail address in a calendar address (RFC 5545 section 3.3.3), where there is one. */
    public static Optional<String> address(CalendarProperty property) {
        String value = property.value().strip();
        String address = value.regionMatches(true, 0, MAILTO, 0, MAILTO.length()) ? value.substring(MAILTO.length()) : value;
        return Optional.of(address).filter(CalendarMessage::isAddress);
    }

    /**
     * RFC 5546 section 3.2.5. What somebody else may have written into the organizer's item is not sent on in the organizer's name: only
     * what a cancellation needs, and a short name for people.
     *
     * @param all whether what is cancelled is cancelled for everybody
     */
    private static List<Invitation> cancel(CalendarEntry entry, List<CalendarComponent> items, boolean all, List<String> recipients,
                                           Instant now) {
        List<String> told = recipients.stream().limit(MAX_CANCELLED).toList();
        if (told.isEmpty()) {
            return List.of();
        }
        String organizer = organizer(entry).orElseThrow();
        String summary = Ascii.truncate(summary(entry), MAX_SUMMARY, "");
        List<CalendarComponent> cancelled = items.stream().map(item -> {
            List<CalendarProperty> properties = new ArrayList<>();
            OF_CANCELS.forEach(name -> item.first(name).map(CalendarProperty::bare).ifPresent(properties::add));
            properties.add(CalendarProperty.text("SUMMARY", summary));
            properties.add(CalendarProperty.raw("ORGANIZER", MAILTO + organizer));
            told.forEach(address -> properties.add(CalendarProperty.raw("ATTENDEE", MAILTO + address)));
            properties.add(CalendarProperty.raw("DTSTAMP", CalendarTime.utc(now)));
            properties.add(CalendarProperty.raw("SEQUENCE", Integer.toString(item.number("SEQUENCE").orElse(0) + 1)));
            if (all) {
                properties.add(CalendarProperty.raw("STATUS", "CANCELLED"));
            }
            return CalendarComponent.of(item.name(), properties, List.of());
        }).toList();
        return List.of(new Invitation(organizer, told, "Cancelled: " + summary, calendar("CANCEL", entry, cancelled)));
    }

    /** The whole of an item: what it is as a rule, or those times of which alone it is made. */
    private static List<CalendarComponent> series(CalendarEntry entry) {
        return entry.main().first("RECURRENCE-ID").isPresent() ? items(entry).toList() : List.of(entry.main());
    }

    private static List<Invitation> declined(CalendarEntry entry, CalendarComponent item, Set<String> own, Instant now) {
        return answer(entry.main(), own).filter(attendee -> !status(attendee).equals(DECLINED))
            .flatMap(attendee -> organizer(entry)
                .map(organizer -> reply(entry, item, attendee.with("PARTSTAT", DECLINED), organizer, now))).stream().toList();
    }

    private static Invitation reply(CalendarEntry entry, CalendarProperty attendee, String organizer, Instant now) {
        return reply(entry, entry.main(), attendee, organizer, now);
    }

    private static Invitation reply(CalendarEntry entry, CalendarComponent item, CalendarProperty attendee, String organizer, Instant now) {
        List<CalendarProperty> properties = new ArrayList<>(item.properties().stream()
            .filter(property -> OF_REPLIES.contains(property.name())).toList());
        properties.add(attendee);
        CalendarComponent answer = CalendarComponent.of(item.name(), properties, List.of())
            .with(CalendarProperty.raw("DTSTAMP", CalendarTime.utc(now)));
        String status = status(attendee).toLowerCase(Locale.US);
        return new Invitation(address(attendee).orElseThrow(), List.of(organizer),
            status.substring(0, 1).toUpperCase(Locale.US) + status.substring(1) + ": " + summary(entry),
            calendar("REPLY", entry, List.of(answer)));
    }

    /** With the time zones that the items name, of which only the rules are sent. */
    private static CalendarComponent calendar(String method, CalendarEntry entry, List<CalendarComponent> items) {
        Set<String> named = items.stream().flatMap(item -> item.properties().stream())
            .flatMap(property -> property.parameter("TZID").stream()).collect(Collectors.toSet());
        Stream<CalendarComponent> zones = entry.calendar().components("VTIMEZONE")
            .filter(zone -> zone.text("TZID").map(named::contains).orElse(false))
            .map(ZoneDefinition::rules);
        return CalendarComponent.calendar(Stream.concat(zones, items.stream()).toList()).with(CalendarProperty.raw("METHOD", method));
    }

    private static Stream<CalendarComponent> items(CalendarEntry entry) {
        return Stream.concat(Stream.of(entry.main()), entry.changed().stream());
    }

    private static CalendarComponent withoutAlarms(CalendarComponent item) {
        return CalendarComponent.of(item.name(), item.properties(),
            item.components().stream().filter(inner -> !inner.name().equals("VALARM")).toList());
    }

    private static Optional<String> organizer(CalendarEntry entry) {
        return entry.main().first("ORGANIZER").flatMap(Invitation::address);
    }

    private static boolean isOrganizer(CalendarEntry entry, Set<String> own) {
        return organizer(entry).map(own::contains).orElse(false);
    }

    private static Optional<CalendarEntry> latest(List<CalendarEntry> entries) {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** The attendees of what the user has organized. */
    private static List<String> others(List<CalendarEntry> entries, Set<String> own) {
        return entries.stream().filter(entry -> isOrganizer(entry, own)).flatMap(Invitation::items)
            .flatMap(item -> guests(item, own)).distinct().toList();
    }

    private static Stream<String> guests(CalendarComponent item, Set<String> own) {
        return item.all("ATTENDEE").flatMap(attendee -> address(attendee).stream()).filter(address -> !own.contains(address));
    }

    /** The user's own line among the attendees. */
    private static Optional<CalendarProperty> answer(CalendarComponent item, Set<String> own) {
        return item.all("ATTENDEE").filter(attendee -> address(attendee).map(own::contains).orElse(false)).findFirst();
    }

    private static String status(CalendarProperty attendee) {
        return attendee.parameter("PARTSTAT").map(status -> status.toUpperCase(Locale.US)).filter(CalendarProperty::isName)
            .orElse(NEEDS_ACTION);
    }

    private static String summary(CalendarEntry entry) {
        return entry.main().text("SUMMARY").orElse("");
    }
}

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
import java.util.stream.Stream;

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

    /**
     * What is to be told when somebody has stored an item: the organizer tells the attendees, and those who are no longer; an attendee
     * tells the organizer, where the answer is new.
     *
     * @param old what was there before
     * @param own the e-mail addresses of who has stored it, in either case
     */
    public static List<Invitation> stored(CalendarEntry entry, Optional<CalendarEntry> old, Set<String> own, Instant now) {
        Optional<String> organizer = organizer(entry);
        if (organizer.isEmpty()) {
            return List.of();
        }
        if (!own.contains(organizer.get())) {
            Optional<CalendarProperty> answer = answer(entry, own);
            Optional<String> before = old.flatMap(earlier -> answer(earlier, own)).map(Invitation::status);
            return answer.filter(attendee -> !status(attendee).equals(NEEDS_ACTION) && !before.equals(Optional.of(status(attendee))))
                .map(attendee -> reply(entry, attendee, organizer.get(), now)).stream().toList();
        }
        List<Invitation> told = new ArrayList<>();
        List<String> invited = others(entry, own);
        if (!invited.isEmpty()) {
            told.add(new Invitation(organizer.get(), invited, summary(entry), calendar("REQUEST", entry,
                items(entry).map(Invitation::withoutAlarms).toList())));
        }
        Set<String> staying = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        staying.addAll(invited);
        old.map(earlier -> others(earlier, own).stream().filter(address -> !staying.contains(address)).toList())
            .filter(gone -> !gone.isEmpty())
            .ifPresent(gone -> told.add(cancel(entry, organizer.get(), gone, now)));
        return told;
    }

    /** What is to be told when somebody takes an item away: the organizer cancels it, an attendee declines it. */
    public static List<Invitation> removed(CalendarEntry entry, Set<String> own, Instant now) {
        Optional<String> organizer = organizer(entry);
        if (organizer.isEmpty()) {
            return List.of();
        }
        if (own.contains(organizer.get())) {
            List<String> invited = others(entry, own);
            return invited.isEmpty() ? List.of() : List.of(cancel(entry, organizer.get(), invited, now));
        }
        return answer(entry, own).filter(attendee -> !status(attendee).equals(DECLINED))
            .map(attendee -> reply(entry, attendee.with("PARTSTAT", DECLINED), organizer.get(), now)).stream().toList();
    }

    /** The e-mail address in a calendar address (RFC 5545 section 3.3.3), where there is one. */
    public static Optional<String> address(CalendarProperty property) {
        String value = property.value().strip();
        String address = value.regionMatches(true, 0, MAILTO, 0, MAILTO.length()) ? value.substring(MAILTO.length()) : value;
        return Optional.of(address).filter(CalendarMessage::isAddress);
    }

    /** RFC 5546 section 3.2.5. */
    private static Invitation cancel(CalendarEntry entry, String organizer, List<String> recipients, Instant now) {
        List<CalendarComponent> cancelled = items(entry).map(item -> withoutAlarms(item)
            .with(CalendarProperty.raw("STATUS", "CANCELLED"))
            .with(CalendarProperty.raw("DTSTAMP", CalendarTime.utc(now)))
            .with(CalendarProperty.raw("SEQUENCE", Integer.toString(item.number("SEQUENCE").orElse(0) + 1)))).toList();
        return new Invitation(organizer, recipients, "Cancelled: " + summary(entry), calendar("CANCEL", entry, cancelled));
    }

    private static Invitation reply(CalendarEntry entry, CalendarProperty attendee, String organizer, Instant now) {
        List<CalendarProperty> properties = new ArrayList<>(entry.main().properties().stream()
            .filter(property -> OF_REPLIES.contains(property.name())).toList());
        properties.add(attendee);
        CalendarComponent answer = CalendarComponent.of(entry.main().name(), properties, List.of())
            .with(CalendarProperty.raw("DTSTAMP", CalendarTime.utc(now)));
        String status = status(attendee).toLowerCase(Locale.US);
        return new Invitation(address(attendee).orElseThrow(), List.of(organizer),
            status.substring(0, 1).toUpperCase(Locale.US) + status.substring(1) + ": " + summary(entry),
            calendar("REPLY", entry, List.of(answer)));
    }

    private static CalendarComponent calendar(String method, CalendarEntry entry, List<CalendarComponent> items) {
        return CalendarComponent.calendar(Stream.concat(entry.calendar().components("VTIMEZONE"), items.stream()).toList())
            .with(CalendarProperty.raw("METHOD", method));
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

    private static List<String> others(CalendarEntry entry, Set<String> own) {
        return items(entry).flatMap(item -> item.all("ATTENDEE")).flatMap(attendee -> address(attendee).stream())
            .filter(address -> !own.contains(address)).distinct().toList();
    }

    /** The user's own line among the attendees. */
    private static Optional<CalendarProperty> answer(CalendarEntry entry, Set<String> own) {
        return entry.main().all("ATTENDEE").filter(attendee -> address(attendee).map(own::contains).orElse(false)).findFirst();
    }

    private static String status(CalendarProperty attendee) {
        return attendee.parameter("PARTSTAT").map(status -> status.toUpperCase(Locale.US)).filter(CalendarProperty::isName)
            .orElse(NEEDS_ACTION);
    }

    private static String summary(CalendarEntry entry) {
        return entry.main().text("SUMMARY").orElse("");
    }
}

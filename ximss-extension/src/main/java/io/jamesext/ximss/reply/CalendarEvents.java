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
package io.jamesext.ximss.reply;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

import com.google.common.base.Ascii;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.Occurrence;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * The events of a time, as clients of CommuniGate read them: dateFrom of those of whole days, timeFrom of the others, the duration in
 * seconds.
 *
 * @param calendar the calendar's name
 * @param zone of all times
 */
public record CalendarEvents(String calendar, Instant from, Instant till, List<Event> events, ZoneId zone) implements DataMessage {
    private static final int MAX_CHARACTERS = 1_000;

    /**
     * One of them.
     *
     * @param uid the UID of its message
     */
    public record Event(long uid, Occurrence occurrence) {
    }

    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("events")
            .attribute("calendar", calendar)
            .attribute("items", events.size())
            .attribute("timeFrom", Times.basic(from, zone))
            .attribute("timeTill", Times.basic(till, zone));
        events.forEach(event -> write(event, writer));
        writer.close();
    }

    private void write(Event event, XimssWriter writer) {
        Occurrence occurrence = event.occurrence;
        CalendarComponent component = occurrence.component();
        Instant start = occurrence.start().orElseThrow();
        writer.open("event").attribute("UID", event.uid).attribute("itemUID", component.text("UID"));
        if (occurrence.day().isPresent()) {
            writer.attribute("dateFrom", DateTimeFormatter.BASIC_ISO_DATE.format(occurrence.day().get()));
        } else {
            writer.attribute("timeFrom", Times.basic(start, zone));
        }
        writer.attribute("duration", Duration.between(start, occurrence.end()).toSeconds())
            .attribute("busystatus", component.text("X-MICROSOFT-CDO-BUSYSTATUS").orElseGet(() -> busyStatus(component)))
            .attribute("priority", component.number("PRIORITY").map(String::valueOf))
            .attribute("organizer", organizer(component))
            .attribute("attendees", guests(component));
        summary(component).ifPresent(summary -> writer.open("summary").text(summary).close());
        writer.close();
    }

    /** RFC 5545 section 3.8.2.7. */
    private static String busyStatus(CalendarComponent component) {
        return component.text("TRANSP").map("TRANSPARENT"::equalsIgnoreCase).orElse(false) ? "FREE" : "BUSY";
    }

    private static Optional<String> guests(CalendarComponent component) {
        long guests = component.all("ATTENDEE").count();
        return guests == 0 ? Optional.empty() : Optional.of(Long.toString(guests));
    }

    /** A name, or else an address. */
    static Optional<String> organizer(CalendarComponent component) {
        return component.first("ORGANIZER").map(organizer -> organizer.parameter("CN").filter(name -> !name.isEmpty())
            .orElseGet(() -> organizer.value().replaceFirst("(?i)^mailto:", ""))).map(CalendarEvents::cut);
    }

    /** What it is called, for a list. */
    static Optional<String> summary(CalendarComponent component) {
        return component.text("SUMMARY").map(CalendarEvents::cut);
    }

    /** Whole texts are calendarReadItem's: an item can be in a list thousands of times. */
    private static String cut(String text) {
        return Ascii.truncate(text, MAX_CHARACTERS, "");
    }
}

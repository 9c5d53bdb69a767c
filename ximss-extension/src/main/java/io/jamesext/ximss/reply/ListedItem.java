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

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

import com.google.common.base.Ascii;

import io.jamesext.groupware.calendar.CalendarComponent;

/**
 * An event or a task at one time, with what lists show of it.
 *
 * @param uid the UID of its message
 * @param start when it begins; a task may have no time at all
 * @param day the first day of what takes whole days
 * @param end when it has ended
 */
public record ListedItem(long uid, Optional<Instant> start, Optional<LocalDate> day, Instant end, Details details) {
    /** Whole texts are calendarReadItem's: an item can be in a list thousands of times. */
    private static final int MAX_CHARACTERS = 1_000;

    /**
     * What is the same at all its times, with short texts.
     *
     * @param busyStatus as Outlook names it
     * @param organizer a name, or else an address
     * @param guests the number of attendees
     * @param percent how much of a task is done
     * @param hasStart whether the start is its own, and not that of its end
     * @param hasEnd whether its end is its own
     */
    public record Details(Optional<String> itemUid, Optional<String> summary, String busyStatus, Optional<Integer> priority,
                          Optional<String> organizer, long guests, int percent, boolean hasStart, boolean hasEnd) {
        /** Of an event or a task. */
        public static Details of(CalendarComponent item) {
            return new Details(text(item, "UID"), text(item, "SUMMARY"),
                text(item, "X-MICROSOFT-CDO-BUSYSTATUS").orElseGet(() -> isFree(item) ? "FREE" : "BUSY"), item.number("PRIORITY"),
                organizer(item), item.all("ATTENDEE").count(), item.number("PERCENT-COMPLETE").orElse(0),
                item.first("DTSTART").isPresent(), item.first("DUE").isPresent() || item.first("DURATION").isPresent());
        }

        /** RFC 5545 section 3.8.2.7. */
        private static boolean isFree(CalendarComponent item) {
            return item.text("TRANSP").map("TRANSPARENT"::equalsIgnoreCase).orElse(false);
        }

        private static Optional<String> organizer(CalendarComponent item) {
            return item.first("ORGANIZER").map(organizer -> cut(organizer.parameter("CN").filter(name -> !name.isEmpty())
                .orElseGet(() -> organizer.value().replaceFirst("(?i)^mailto:", ""))));
        }

        private static Optional<String> text(CalendarComponent item, String property) {
            return item.text(property).map(Details::cut);
        }

        private static String cut(String text) {
            return Ascii.truncate(text, MAX_CHARACTERS, "");
        }
    }
}

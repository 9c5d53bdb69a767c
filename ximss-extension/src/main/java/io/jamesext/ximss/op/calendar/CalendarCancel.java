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
package io.jamesext.ximss.op.calendar;

import java.time.ZoneId;
import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;

import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarProperty;
import io.jamesext.groupware.calendar.CalendarTime;
import io.jamesext.groupware.calendar.Invitation;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.calendar.CalendarXml;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.ItemChanges;
import io.jamesext.ximss.calendar.OpenCalendar;
import io.jamesext.ximss.calendar.StoredItem;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes an event or a task away, or one of its times, and tells those it concerns by mail: the attendees when the user is the organizer,
 * the organizer when the user is an attendee. Beyond the end of XIMSS's text, as clients use it; the time is our own.
 *
 * <pre>{@code
 * <calendarCancel id="" calendar="" itemUID=""> <recurrence-id TZID=""?>20070830T184318</recurrence-id>? </calendarCancel>
 * }</pre>
 */
public final class CalendarCancel implements XimssOperation<CalendarCancel.Request> {
    /**
     * The attributes.
     *
     * @param itemUid the uid of the item, not of its message
     * @param time the one that is taken away; empty for all
     */
    public record Request(String calendar, String itemUid, Optional<CalendarTime> time) {
        static Request parse(Element element) {
            // One client writes itemUid here, though it reads itemUID in the answer of findEvents.
            String itemUid = element.attribute("itemUid").orElseGet(() -> element.required("itemUID"));
            if (itemUid.isBlank()) {
                throw new ProtocolException(Failure.SYNTAX, "itemUID is empty");
            }
            return new Request(element.required("calendar"), itemUid.strip(),
                element.find(inner -> inner.name().equalsIgnoreCase("recurrence-id")).map(Request::time));
        }

        private static CalendarTime time(Element element) {
            return CalendarTime.of(CalendarXml.property(element))
                .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "recurrence-id is no time"));
        }
    }

    private final Calendars calendars;
    private final ItemChanges changes;
    private final Preferences preferences;

    /** On these calendars, with the zones of local times. */
    public CalendarCancel(Calendars calendars, ItemChanges changes, Preferences preferences) {
        this.calendars = calendars;
        this.changes = changes;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "calendarCancel";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        OpenCalendar calendar = session.calendars().get(request.calendar);
        MailboxSession user = session.mailboxSession();
        return preferences.zone(user.getUser())
            .flatMap(zone -> calendars.stored(calendar, request.itemUid, user)
                .flatMap(old -> request.time.map(time -> leaveOut(time, zone, old, calendar, user))
                    .orElseGet(() -> changes.remove(requireThere(old), calendar, user))))
            .thenMany(Flux.empty());
    }

    private static StoredItem requireThere(StoredItem item) {
        if (item.uids().isEmpty()) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such item");
        }
        return item;
    }

    private Mono<Void> leaveOut(CalendarTime time, ZoneId zone, StoredItem old, OpenCalendar calendar, MailboxSession user) {
        CalendarEntry entry = requireThere(old).latest().orElseThrow();
        CalendarProperty id = entry.recurrenceId(time, zone).orElseThrow(CalendarCancel::notThen);
        CalendarEntry rest = entry.without(id).orElseThrow(CalendarCancel::notThen);
        return changes.put(rest.calendar(), old, (stored, own, now) -> Invitation.removed(entry, id, own, now), calendar, user);
    }

    private static ProtocolException notThen() {
        return new ProtocolException(Failure.NO_SUCH_MESSAGE, "the item is not at this time, or at no other");
    }
}

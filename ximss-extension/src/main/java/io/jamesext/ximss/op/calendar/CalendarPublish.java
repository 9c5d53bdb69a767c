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

import java.util.Set;

import org.apache.james.mailbox.MailboxSession;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.Invitation;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.calendar.CalendarXml;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.ItemChanges;
import io.jamesext.ximss.calendar.OpenCalendar;
import io.jamesext.ximss.calendar.Publication;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Stores an event or a task in the place of the one with its uid, or single times of it beside the others, and tells those it concerns by
 * mail: the attendees when the user is the organizer, the organizer when the user has answered as an attendee. Beyond the end of XIMSS's
 * text, as clients use it.
 *
 * <pre>{@code
 * <calendarPublish id="" calendar=""> <iCalendar><vCalendar> <vevent>...</vevent> </vCalendar></iCalendar> </calendarPublish>
 * }</pre>
 */
public final class CalendarPublish implements XimssOperation<CalendarPublish.Request> {
    /** The attributes and the body. */
    public record Request(String calendar, CalendarComponent content) {
    }

    private final Calendars calendars;
    private final ItemChanges changes;
    private final Preferences preferences;

    /** On these calendars, with the zones of local times. */
    public CalendarPublish(Calendars calendars, ItemChanges changes, Preferences preferences) {
        this.calendars = calendars;
        this.changes = changes;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "calendarPublish";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("calendar"), Publication.check(CalendarXml.read(element)));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        OpenCalendar calendar = session.calendars().get(request.calendar);
        MailboxSession user = session.mailboxSession();
        String uid = CalendarEntry.of(request.content).map(CalendarEntry::uid).orElse("");
        return preferences.zone(user.getUser())
            .flatMap(zone -> calendars.stored(calendar, uid, user).flatMap(old -> {
                Publication.Merged merged = old.latest().map(latest -> Publication.merged(request.content, latest, zone))
                    .orElse(new Publication.Merged(request.content, Set.of()));
                return changes.put(merged.calendar(), old, (entry, own, now) -> merged.times().isEmpty()
                    ? Invitation.stored(entry, old.entries(), own, now) : Invitation.changed(entry, merged.times(), own, now),
                    calendar, user);
            }))
            .thenMany(Flux.empty());
    }
}

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

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.groupware.calendar.Invitation;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.Invitations;
import io.jamesext.ximss.calendar.OpenCalendar;
import io.jamesext.ximss.calendar.StoredEntry;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Takes an event or a task away, and tells those it concerns by mail: the attendees when the user is the organizer, the organizer when
 * the user is an attendee. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code <calendarCancel id="" calendar="" itemUID="" />}</pre>
 */
public final class CalendarCancel implements XimssOperation<CalendarCancel.Request> {
    /**
     * The attributes.
     *
     * @param itemUid the uid of the item, not of its message
     */
    public record Request(String calendar, String itemUid) {
        static Request parse(Element element) {
            if (element.find(inner -> inner.name().equalsIgnoreCase("recurrence-id")).isPresent()) {
                throw new ProtocolException(Failure.NOT_SUPPORTED, "publish the item without this time instead");
            }
            // One client writes itemUid here, though it reads itemUID in the answer of findEvents.
            String itemUid = element.attribute("itemUid").orElseGet(() -> element.required("itemUID"));
            if (itemUid.isBlank()) {
                throw new ProtocolException(Failure.SYNTAX, "itemUID is empty");
            }
            return new Request(element.required("calendar"), itemUid.strip());
        }
    }

    private final Calendars calendars;
    private final Invitations invitations;
    private final Clock clock;

    /** On these calendars. */
    public CalendarCancel(Calendars calendars, Invitations invitations, Clock clock) {
        this.calendars = calendars;
        this.invitations = invitations;
        this.clock = clock;
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
        return calendars.items(calendar, user)
            .filter(item -> item.entry().uid().equals(request.itemUid))
            .collectList()
            .flatMap(items -> calendars.requireRemove(calendar, user)
                .then(Blocking.run(() -> tell(items, user.getUser())))
                .then(calendars.remove(items.stream().map(StoredEntry::uid).toList(), calendar, user)))
            .thenMany(Flux.empty());
    }

    /** First, so that what could not be told can be asked for again. */
    private void tell(List<StoredEntry> items, Username user) throws Exception {
        if (items.isEmpty()) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such item");
        }
        Instant now = clock.instant();
        List<Invitation> told = Invitation.removed(items.get(items.size() - 1).entry(), invitations.addresses(user), now);
        invitations.check(told, user);
        invitations.send(told, user, now);
    }
}

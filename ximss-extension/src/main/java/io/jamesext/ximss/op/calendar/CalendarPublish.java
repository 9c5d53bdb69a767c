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
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.calendar.CalendarReader;
import io.jamesext.groupware.calendar.CalendarWriter;
import io.jamesext.groupware.calendar.Invitation;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.calendar.CalendarXml;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.Invitations;
import io.jamesext.ximss.calendar.OpenCalendar;
import io.jamesext.ximss.calendar.Publication;
import io.jamesext.ximss.calendar.StoredEntry;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores an event or a task, in the place of the one with the same uid, and tells those it concerns by mail: the attendees when the user
 * is the organizer, the organizer when the user has answered as an attendee. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code
 * <calendarPublish id="" calendar=""> <iCalendar><vCalendar> <vevent>...</vevent> </vCalendar></iCalendar> </calendarPublish>
 * }</pre>
 */
public final class CalendarPublish implements XimssOperation<CalendarPublish.Request> {
    /** The attributes and the body. */
    public record Request(String calendar, CalendarComponent content) {
    }

    /** What is to be stored and sent, and what is in its place. */
    private record Plan(CalendarMessage message, List<Invitation> invitations, List<Long> replaced) {
    }

    private final Calendars calendars;
    private final Invitations invitations;
    private final Clock clock;

    /** On these calendars. */
    public CalendarPublish(Calendars calendars, Invitations invitations, Clock clock) {
        this.calendars = calendars;
        this.invitations = invitations;
        this.clock = clock;
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
        Optional<String> uid = CalendarEntry.of(request.content).map(CalendarEntry::uid);
        Instant now = clock.instant();
        return calendars.items(calendar, user)
            .filter(item -> uid.equals(Optional.of(item.entry().uid())))
            .collectList()
            .flatMap(old -> calendars.requireStore(calendar, !old.isEmpty(), user)
                .then(Blocking.call(() -> plan(request.content, old, user.getUser(), now))))
            .flatMap(plan -> store(plan, calendar, user, now))
            .thenMany(Flux.empty());
    }

    private Plan plan(CalendarComponent content, List<StoredEntry> old, Username user, Instant now) throws Exception {
        Set<String> own = invitations.addresses(user);
        String address = invitations.address(user);
        Optional<CalendarEntry> latest = old.isEmpty() ? Optional.empty() : Optional.of(old.get(old.size() - 1).entry());
        CalendarEntry entry = Publication.complete(content, latest, address, now);
        List<Invitation> told = Invitation.stored(entry, latest, own, now);
        invitations.check(told, user);
        requireReadable(entry);
        CalendarMessage message = new CalendarMessage(entry.uid(), address, List.of(), entry.main().text("SUMMARY").orElse(""),
            entry.calendar());
        return new Plan(message, told, old.stream().map(StoredEntry::uid).toList());
    }

    /** What is stored has to be found again, or the next one with its uid would not take its place. */
    private static void requireReadable(CalendarEntry entry) {
        Optional<CalendarEntry> read = CalendarReader.read(CalendarWriter.write(entry.calendar())).flatMap(CalendarEntry::of)
            .filter(again -> again.uid().equals(entry.uid()))
            .filter(again -> again.main().properties().size() == entry.main().properties().size());
        if (read.isEmpty()) {
            throw new ProtocolException(Failure.TOO_BIG, "the item is too big");
        }
    }

    /** As messageSubmit does it: nobody is told of what is not stored, and what nobody could be told of is taken away again. */
    private Mono<Void> store(Plan plan, OpenCalendar calendar, MailboxSession user, Instant now) {
        return calendars.store(plan.message, calendar, Date.from(now), user)
            .flatMap(uid -> Blocking.run(() -> invitations.send(plan.invitations, user.getUser(), now))
                .onErrorResume(e -> calendars.remove(List.of(uid), calendar, user).then(Mono.error(e))))
            .then(Mono.defer(() -> calendars.remove(plan.replaced, calendar, user)));
    }
}

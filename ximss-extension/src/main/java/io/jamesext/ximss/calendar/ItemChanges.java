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
import reactor.core.publisher.Mono;

/**
 * Changes items, and tells whom it concerns. Whatever fails, the change can be asked for again, and then all are told: what is there of an
 * item goes away when they have been, and from all that is there it is seen who they are.
 */
public final class ItemChanges {
    private final Calendars calendars;
    private final Invitations invitations;
    private final Clock clock;

    /** In these calendars. */
    public ItemChanges(Calendars calendars, Invitations invitations, Clock clock) {
        this.calendars = calendars;
        this.invitations = invitations;
        this.clock = clock;
    }

    /** Says what is to be told when an item has been changed. */
    @FunctionalInterface
    public interface Telling {
        /**
         * What is to be told.
         *
         * @param entry the item as it is stored
         * @param own the user's e-mail addresses, in either case
         */
        List<Invitation> of(CalendarEntry entry, Set<String> own, Instant now);
    }

    /** What is to be stored and sent. */
    private record Plan(CalendarMessage message, List<Invitations.Outgoing> mails) {
    }

    /** Stores an item in the place of what is there of it. The rights to store, and to take away what is there, are needed. */
    public Mono<Void> put(CalendarComponent content, StoredItem old, Telling telling, OpenCalendar calendar, MailboxSession session) {
        Instant now = clock.instant();
        return calendars.requireStore(calendar, !old.uids().isEmpty(), session)
            .then(Blocking.call(() -> plan(content, old.latest(), telling, session.getUser(), now)))
            // As messageSubmit does it: nobody is told of what is not stored, and what not all could be told of is taken away again.
            .flatMap(plan -> calendars.store(plan.message, calendar, Date.from(now), session)
                .flatMap(uid -> Blocking.run(() -> invitations.send(plan.mails))
                    .onErrorResume(e -> calendars.remove(List.of(uid), calendar, session).then(Mono.error(e)))))
            .then(Mono.defer(() -> calendars.remove(old.uids(), calendar, session)));
    }

    private Plan plan(CalendarComponent content, Optional<CalendarEntry> latest, Telling telling, Username user, Instant now)
            throws Exception {
        String address = invitations.address(user);
        CalendarEntry entry = Publication.complete(content, latest, address, now);
        List<Invitations.Outgoing> mails = invitations.prepare(telling.of(entry, invitations.addresses(user), now), user, now);
        requireReadable(entry);
        return new Plan(new CalendarMessage(entry.uid(), address, List.of(), entry.main().text("SUMMARY").orElse(""), entry.calendar()),
            mails);
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

    /** Takes an item away, once they have been told. The rights to do so are needed. */
    public Mono<Void> remove(StoredItem old, OpenCalendar calendar, MailboxSession session) {
        Instant now = clock.instant();
        Username user = session.getUser();
        return calendars.requireRemove(calendar, session)
            .then(Blocking.run(() -> invitations.send(
                invitations.prepare(Invitation.removed(old.entries(), invitations.addresses(user), now), user, now))))
            .then(Mono.defer(() -> calendars.remove(old.uids(), calendar, session)));
    }
}

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

import java.io.InputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.StoredMessages;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The items of mailboxes that are open as calendars, within what the user's rights allow. */
public final class Calendars {
    /** The messages of one calendar, so that a request for its events has an end. */
    private static final int MAX_MESSAGES = 20_000;
    /** An item is at most a quarter of it; attachments beside it are never looked at. */
    private static final long MAX_OCTETS = 4L * 1024 * 1024;
    /** The mailboxes that clients expect everybody to have. */
    private static final Map<String, String> STANDARD = Map.of("Calendar", "IPF.Appointment", "Tasks", "IPF.Task");

    private final Mailboxes mailboxes;
    private final StoredMessages messages;

    /** On James's mailboxes. */
    public Calendars(Mailboxes mailboxes, StoredMessages messages) {
        this.mailboxes = mailboxes;
        this.messages = messages;
    }

    /**
     * Opens a mailbox as a calendar. The right to read is needed.
     *
     * @param mailboxClass when there, a missing mailbox is made; so are Calendar and Tasks
     */
    public Mono<OpenCalendar> open(String name, Optional<String> mailboxClass, MailboxSession session) {
        return mailboxes.find(name, mailboxClass.or(() -> Optional.ofNullable(STANDARD.get(name))), session)
            .flatMap(mailbox -> mailboxes.require(Set.of(Right.Read), mailbox, session).thenReturn(new OpenCalendar(mailbox)));
    }

    /** The item of a message; fails with {@link Failure#NO_SUCH_MESSAGE} when it is none. */
    public Mono<CalendarEntry> item(OpenCalendar calendar, long uid, MailboxSession session) {
        return messages.find(calendar.mailbox(), uid, session)
            .flatMap(message -> Blocking.call(() -> read(message)))
            .flatMap(Mono::justOrEmpty)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such item")));
    }

    /** All items, but those that are marked as deleted. The right to read is needed. */
    public Flux<StoredEntry> items(OpenCalendar calendar, MailboxSession session) {
        return mailboxes.require(Set.of(Right.Read), calendar.mailbox(), session)
            .thenMany(Flux.defer(() -> Flux.from(calendar.mailbox().listMessagesMetadata(MessageRange.all(), session))))
            .filter(message -> !message.getFlags().contains(Flags.Flag.DELETED))
            .map(message -> message.getComposedMessageId().getUid().asLong())
            .take(MAX_MESSAGES + 1L)
            .collectList()
            .flatMapMany(uids -> {
                if (uids.size() > MAX_MESSAGES) {
                    throw new ProtocolException(Failure.TOO_BIG, "there are too many messages in the calendar");
                }
                calendar.keepOnly(new HashSet<>(uids));
                return Flux.fromIterable(uids).concatMap(uid -> entry(calendar, uid, session)
                    .map(entry -> new StoredEntry(uid, entry)), 0);
            });
    }

    /**
     * What is stored of an item. The right to read is needed.
     *
     * @param itemUid its uid; there is nothing of one that has none
     */
    public Mono<StoredItem> stored(OpenCalendar calendar, String itemUid, MailboxSession session) {
        return items(calendar, session)
            .filter(item -> !itemUid.isEmpty() && item.entry().uid().equals(itemUid))
            .reduce(StoredItem.NOTHING, StoredItem::with);
    }

    private Mono<CalendarEntry> entry(OpenCalendar calendar, long uid, MailboxSession session) {
        return Mono.justOrEmpty(calendar.known(uid))
            .switchIfEmpty(Mono.defer(() -> Flux.from(calendar.mailbox()
                    .getMessagesReactive(MessageRange.one(MessageUid.of(uid)), FetchGroup.FULL_CONTENT, session))
                .next()
                .flatMap(message -> Blocking.call(() -> {
                    Optional<CalendarEntry> entry = read(message);
                    calendar.keep(uid, entry);
                    return entry;
                }))))
            .flatMap(Mono::justOrEmpty);
    }

    /** What somebody has written so that it cannot be read must not keep the others from being shown: it is no item. */
    private static Optional<CalendarEntry> read(MessageResult message) throws Exception {
        if (message.getSize() > MAX_OCTETS) {
            return Optional.empty();
        }
        try (InputStream content = StoredMessages.octets(message).openStream()) {
            return CalendarMessage.read(content).flatMap(CalendarEntry::of);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Fails unless the user may store items; and take some away, where that is to be done too. */
    public Mono<Void> requireStore(OpenCalendar calendar, boolean removing, MailboxSession session) {
        return mailboxes.require(removing ? Set.of(Right.Insert, Right.DeleteMessages, Right.PerformExpunge) : Set.of(Right.Insert),
            calendar.mailbox(), session);
    }

    /** Fails unless the user may take items away. */
    public Mono<Void> requireRemove(OpenCalendar calendar, MailboxSession session) {
        return mailboxes.require(Set.of(Right.DeleteMessages, Right.PerformExpunge), calendar.mailbox(), session);
    }

    /** Stores an item, and gives its UID. It is nothing new to who has written it. */
    public Mono<Long> store(CalendarMessage message, OpenCalendar calendar, Date now, MailboxSession session) {
        MessageManager mailbox = calendar.mailbox();
        return mailboxes.settableFlags(mailbox, session)
            .flatMap(settable -> Blocking.call(() -> AppendCommand.builder()
                .withFlags(settable.of(new Flags(Flags.Flag.SEEN)))
                .withInternalDate(now)
                .build(message.octets(now.toInstant()))))
            .flatMap(append -> Mono.from(mailbox.appendMessageReactive(append, session)))
            .map(appended -> appended.getId().getUid().asLong());
    }

    /** Takes items away. */
    public Mono<Void> remove(List<Long> uids, OpenCalendar calendar, MailboxSession session) {
        return uids.isEmpty() ? Mono.empty()
            : calendar.mailbox().deleteReactive(uids.stream().map(MessageUid::of).toList(), session);
    }
}

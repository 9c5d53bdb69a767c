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

package io.jamesext.kernel.flags;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.event.EventFactory;

import com.google.inject.Inject;

import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** Changes flags in James's store, on condition or not, and tells James's listeners. One for a process. */
public final class FlagUpdates {
    private final MailboxSessionMapperFactory mappers;
    private final EventBus events;
    private final Turns<MailboxId> turns = new Turns<>();

    /** On James's store; {@code events} is the bus of mailbox events. */
    @Inject
    public FlagUpdates(MailboxSessionMapperFactory mappers, EventBus events) {
        this.mappers = mappers;
        this.events = events;
    }

    /**
     * Which messages.
     *
     * @param ranges of UIDs in which they are
     * @param uids of each
     */
    public record Targets(List<MessageRange> ranges, Collection<MessageUid> uids) {
        /** These. */
        public static Targets of(Collection<MessageUid> uids) {
            return new Targets(MessageRange.toRanges(uids), uids);
        }
    }

    /**
     * What became of the messages.
     *
     * @param updated those whose flags are now as the command wants
     * @param failed those that are left as they were
     * @param gone those that were not there any more
     */
    public record Outcome(SortedMap<MessageUid, UpdatedFlags> updated, NavigableSet<MessageUid> failed, NavigableSet<MessageUid> gone) {
        static Outcome none() {
            return new Outcome(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    /**
     * Changes the flags of these messages. What James's own update of a message finds changed meanwhile fails the condition too.
     *
     * @param unchangedSince the condition of RFC 7162 section 3.1.3
     */
    public Mono<Outcome> update(Mailbox mailbox, MailboxSession session, FlagChange change, Targets messages,
                                OptionalLong unchangedSince) {
        FlagUpdate update = new FlagUpdate(mappers.getMessageMapper(session), mailbox, change);
        // Who leaves in between must not keep the listeners from hearing of it.
        return Blocking.toItsEnd(turns.inTurn(mailbox.getMailboxId(), unchangedSince.isPresent()
                ? update.conditional(messages, unchangedSince.getAsLong())
                : update.unconditional(messages))
            .flatMap(outcome -> announce(mailbox, session, outcome).thenReturn(outcome)));
    }

    /** Takes the flags away from new messages that the user may not set in their mailbox: RFC 4314 section 4. */
    public Mono<Void> restrict(Mailbox mailbox, MailboxSession session, PermanentFlags permitted, Collection<MessageUid> messages) {
        if (permitted.complement().isEmpty() || messages.isEmpty()) {
            return Mono.empty();
        }
        FlagUpdate update = new FlagUpdate(mappers.getMessageMapper(session), mailbox, FlagChange.keeping(permitted));
        return turns.inTurn(mailbox.getMailboxId(), update.unconditional(Targets.of(messages)))
            .flatMap(outcome -> announce(mailbox, session, outcome).thenReturn(outcome))
            .filter(outcome -> !outcome.failed().isEmpty())
            .flatMap(outcome -> Mono.error(new IllegalStateException("flags that the user may not set could not be taken away")));
    }

    private Mono<Void> announce(Mailbox mailbox, MailboxSession session, Outcome outcome) {
        List<UpdatedFlags> changed = outcome.updated().values().stream().filter(UpdatedFlags::flagsChanged).toList();
        return changed.isEmpty() ? Mono.empty() : events.dispatch(EventFactory.flagsUpdated()
            .randomEventId()
            .mailboxSession(session)
            .mailbox(mailbox)
            .updatedFlags(changed)
            .build(), new MailboxIdRegistrationKey(mailbox.getMailboxId()));
    }
}

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
package io.jamesext.ximss.folder;

import java.util.EnumSet;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.reply.Mailbox;
import io.jamesext.ximss.table.MailboxSummaries;
import io.jamesext.ximss.table.MailboxSummary;
import io.jamesext.ximss.table.MailboxSummary.State;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts what James does not count of a mailbox: INTERNALSIZE, OLDEST, MEDIA, UNSEENMEDIA. XIMSS, "Mailbox Management". The last summary
 * is kept with the state that the mailbox was in, which James knows without reading it: as long as that is the same the summary is true,
 * whoever changes the mailbox on whichever node. Of a mailbox to which messages have only been added, these are read; one that others were
 * taken from, or where flags changed and there are Media messages, is read once: UIDs, flags, sizes and dates, no message.
 */
public final class MailboxTotals {
    private static final Flags MEDIA = MessageFlags.Update.parse("Media").set();

    private final MailboxSummaries summaries;

    /** With the summaries that were counted before. */
    public MailboxTotals(MailboxSummaries summaries) {
        this.summaries = summaries;
    }

    /**
     * James's numbers and ours.
     *
     * @param numbers of James
     * @param summary of ours
     */
    public record Counted(MessageManager.MailboxMetaData numbers, MailboxSummary summary) {
    }

    /** The attributes of a mailbox that the user may read. */
    public Mono<Mailbox.Counts> counts(MessageManager mailbox, MailboxSession session) {
        return of(mailbox, session).map(counted -> new Mailbox.Counts(counted.numbers().getUidValidity().asLong(),
            counted.numbers().getUnseenCount(), counted.summary()));
    }

    /** Counts a mailbox that the user may read. */
    public Mono<Counted> of(MessageManager mailbox, MailboxSession session) {
        return numbers(mailbox, session).flatMap(numbers -> {
            State now = state(numbers);
            return (now.messages() == 0 ? Mono.just(MailboxSummary.empty(now)) : summary(mailbox, now, session))
                .map(summary -> new Counted(numbers, summary));
        });
    }

    private static Mono<MessageManager.MailboxMetaData> numbers(MessageManager mailbox, MailboxSession session) {
        return Mono.fromCallable(() -> mailbox.getMetaDataReactive(RecentMode.IGNORE, session,
            EnumSet.of(Item.NextUid, Item.HighestModSeq, Item.MailboxCounters))).flatMap(numbers -> numbers);
    }

    private static State state(MessageManager.MailboxMetaData numbers) {
        return new State(numbers.getUidNext().asLong(), numbers.getMessageCount(), numbers.getHighestModSeq().asLong());
    }

    private Mono<MailboxSummary> summary(MessageManager mailbox, State now, MailboxSession session) {
        return summaries.find(mailbox.getId()).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(known -> known.filter(last -> last.state().equals(now)).map(Mono::just)
                .orElseGet(() -> changed(known, mailbox, now, session)));
    }

    /** Flags count only where there are Media messages; where there are none, James says so more cheaply than a look at all messages. */
    private Mono<MailboxSummary> changed(Optional<MailboxSummary> known, MessageManager mailbox, State now, MailboxSession session) {
        return mailbox.getApplicableFlagsReactive(session)
            .map(flags -> known.filter(last -> !flags.contains(MEDIA) && last.media() == 0))
            .flatMap(usable -> usable.filter(last -> last.state().hasMessagesOf(now)).map(Mono::just)
                .orElseGet(() -> count(usable, mailbox, now, session)))
            .flatMap(counted -> keep(counted.at(now), mailbox, session).thenReturn(counted.at(now)));
    }

    /** With the new messages only, when no other change can have been; otherwise with all. */
    private static Mono<MailboxSummary> count(Optional<MailboxSummary> last, MessageManager mailbox, State now, MailboxSession session) {
        Mono<MailboxSummary> all = Mono.defer(() -> add(MailboxSummary.empty(now), 1, mailbox, session)).map(Sum::total);
        return last.filter(known -> known.state().uidNext() < now.uidNext())
            .map(known -> add(new MailboxSummary(now, known.octets(), known.oldest(), 0, 0), known.state().uidNext(), mailbox, session)
                .filter(sum -> known.state().messages() + sum.messages == now.messages())
                .map(Sum::total)
                .switchIfEmpty(all))
            .orElse(all);
    }

    /** Messages that were added up. */
    private record Sum(MailboxSummary total, long messages) {
        Sum with(MessageResult message) {
            Flags flags = message.getFlags();
            boolean isMedia = flags.contains(MEDIA);
            return new Sum(new MailboxSummary(total.state(), total.octets() + message.getSize(),
                Math.min(total.oldest(), message.getInternalDate().getTime()),
                total.media() + (isMedia ? 1 : 0),
                total.unseenMedia() + (isMedia && !flags.contains(Flags.Flag.SEEN) ? 1 : 0)), messages + 1);
        }
    }

    private static Mono<Sum> add(MailboxSummary before, long uidFrom, MessageManager mailbox, MailboxSession session) {
        return Flux.from(mailbox.getMessagesReactive(MessageRange.from(MessageUid.of(uidFrom)), FetchGroup.MINIMAL, session))
            .reduce(new Sum(before, 0), Sum::with);
    }

    /** Unless the mailbox has changed meanwhile: then it is anybody's guess what was counted. */
    private Mono<Void> keep(MailboxSummary counted, MessageManager mailbox, MailboxSession session) {
        return numbers(mailbox, session)
            .filter(numbers -> state(numbers).equals(counted.state()))
            .flatMap(numbers -> summaries.put(mailbox.getId(), counted));
    }
}

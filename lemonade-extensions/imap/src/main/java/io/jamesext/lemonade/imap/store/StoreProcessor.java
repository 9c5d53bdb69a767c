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

package io.jamesext.lemonade.imap.store;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponse.Type;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.flags.FlagChange;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.flags.FlagUpdates.Outcome;
import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.ReadOnly;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.select.Unsolicited.During;
import io.jamesext.lemonade.imap.select.Unsolicited.Item;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs STORE and UID STORE. RFC 3501 section 6.4.6, RFC 7162 section 3.1.3. */
public final class StoreProcessor extends AbstractMailboxProcessor<StoreRequest> {
    private static final long UNCONDITIONAL = -1;

    private final FlagUpdates updates;

    public StoreProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, FlagUpdates updates) {
        super(StoreRequest.class, mailboxes, responses, metrics);
        this.updates = updates;
    }

    @Override
    protected Mono<Void> processRequestReactive(StoreRequest request, ImapSession session, Responder responder) {
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        if (ReadOnly.is(session)) {
            responder.respond(ReadOnly.refusal(request));
            return Mono.empty();
        }
        if (request.getUnchangedSince() < UNCONDITIONAL) {
            // A mod-sequence that does not fit into 63 bits.
            taggedBad(request, responder, HumanReadableText.ILLEGAL_ARGUMENTS);
            return Mono.empty();
        }
        return Mono.fromCallable(() -> MessageSet.of(folder, request.getIdSet(), request.isUseUids()))
            .flatMap(messages -> getSelectedMailboxReactive(session)
                .flatMap(manager -> Mono.fromCallable(manager::getMailboxEntity)
                    .flatMap(mailbox -> store(request, session, responder, mailbox, messages)
                        .flatMap(outcome -> answer(request, session, responder, manager, outcome)))))
            .onErrorResume(MessageRangeException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
            .onErrorResume(MailboxNotFoundException.class, e -> Mono.fromRunnable(() ->
                responder.respond(StatusLine.no(request, "NONEXISTENT", "The mailbox is gone."))));
    }

    private Mono<Outcome> store(StoreRequest request, ImapSession session, Responder responder, Mailbox mailbox, MessageSet messages) {
        FlagChange change = new FlagChange(request.getFlagsUpdateMode(), request.getFlags(),
            PermanentFlags.of(getMailboxManager().myRights(mailbox, session.getMailboxSession())));
        if (!change.isAllowed()) {
            responder.respond(StatusLine.no(request, "NOPERM", "You may not change these flags."));
            return Mono.empty();
        }
        OptionalLong unchangedSince = request.getUnchangedSince() == UNCONDITIONAL
            ? OptionalLong.empty()
            : OptionalLong.of(request.getUnchangedSince());
        return updates.update(mailbox, session.getMailboxSession(), change,
            new FlagUpdates.Targets(messages.ranges(), messages.uids()), unchangedSince);
    }

    private Mono<Void> answer(StoreRequest request, ImapSession session, Responder responder, MessageManager manager, Outcome outcome) {
        SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
        return enableCondstore(request, session, responder)
            .then(Mono.fromRunnable(() -> {
                Unsolicited.tellKeywords(folder, responder);
                outcome.updated().values().forEach(updated -> tellUpdated(request, session, responder, updated));
            }))
            .then(tellFailed(request, session, responder, manager, outcome))
            .then(Unsolicited.tell(session, responder, During.reading(request.isUseUids())))
            .then(Mono.fromRunnable(() -> complete(request, folder, responder, outcome)));
    }

    /** RFC 7162 section 3.1: UNCHANGEDSINCE is a CONDSTORE enabling command. */
    private static Mono<Void> enableCondstore(StoreRequest request, ImapSession session, Responder responder) {
        return request.getUnchangedSince() == UNCONDITIONAL ? Mono.empty() : Condstore.enable(session, responder);
    }

    private static void tellUpdated(StoreRequest request, ImapSession session, Responder responder, UpdatedFlags updated) {
        boolean aware = Condstore.aware(session);
        // RFC 7162 section 3.1.3: the mod-sequence is told despite .SILENT; that of a message that did not change is no news.
        boolean conditional = request.getUnchangedSince() != UNCONDITIONAL;
        if (!request.isSilent() || aware && (conditional || updated.flagsChanged())) {
            SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session));
            Unsolicited.tellMessage(folder, responder, new Item(updated.getUid(), request.isUseUids() || aware,
                request.isSilent() ? null : Item.flags(folder, updated.getUid(), updated.getNewFlags()),
                aware ? updated.getModSeq() : null));
        }
    }

    /** RFC 7162 section 3.1.3, examples 7 and 10: what has changed instead, so that the client need not ask. */
    private static Mono<Void> tellFailed(StoreRequest request, ImapSession session, Responder responder, MessageManager manager,
                                         Outcome outcome) {
        return Mono.defer(() -> Flux.fromIterable(MessageRange.toRanges(outcome.failed()))
            .concatMap(range -> manager.listMessagesMetadata(range, session.getMailboxSession()))
            .filter(message -> outcome.failed().contains(message.getComposedMessageId().getUid()))
            .doOnNext(message -> Unsolicited.tellMessage(session.getSelected(), responder,
                Item.of(session, message, request.isUseUids())))
            .then());
    }

    private void complete(StoreRequest request, SelectedFolder folder, Responder responder, Outcome outcome) {
        boolean conditional = request.getUnchangedSince() != UNCONDITIONAL;
        // RFC 2180 section 4.2: a client that names messages by number may not know that they are gone; UIDs that are gone are none.
        boolean gone = !request.isUseUids() && !outcome.gone().isEmpty();
        if (conditional && !outcome.failed().isEmpty()) {
            responder.respond(new StatusLine(request.getTag(), gone ? Type.NO : Type.OK,
                "MODIFIED " + set(outcome.failed(), folder, request.isUseUids()), request.getCommand(),
                gone ? "failed. Some of the messages no longer exist." : "completed, but not for all messages."));
        } else if (gone) {
            responder.respond(StatusLine.no(request, "EXPUNGEISSUED", "Some of the messages no longer exist."));
        } else if (!outcome.failed().isEmpty()) {
            responder.respond(StatusLine.no(request, "INUSE", "Others are changing some of the messages."));
        } else {
            okComplete(request, responder);
        }
    }

    private static String set(Collection<MessageUid> uids, SelectedFolder folder, boolean byUid) {
        Collection<MessageUid> numbers = byUid ? uids : uids.stream()
            .flatMap(uid -> folder.msn(uid).asInt().stream())
            .map(MessageUid::of)
            .collect(Collectors.toCollection(TreeSet::new));
        List<IdRange> ranges = MessageRange.toRanges(numbers).stream().map(IdRange::from).toList();
        return ranges.stream().map(IdRange::getFormattedString).collect(Collectors.joining(","));
    }

    @Override
    protected MDCBuilder mdc(StoreRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "STORE")
            .addToContext("uids", Boolean.toString(request.isUseUids()));
    }
}

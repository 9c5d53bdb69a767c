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

package io.jamesext.lemonade.imap.select;

import java.util.Collection;
import java.util.List;

import javax.mail.Flags;

import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.response.ExistsResponse;
import org.apache.james.imap.message.response.ExpungeResponse;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.imap.message.response.FlagsResponse;
import org.apache.james.imap.message.response.RecentResponse;
import org.apache.james.imap.message.response.VanishedResponse;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells a client what has happened to its mailbox. RFC 3501 section 7, RFC 7162 sections 3.2.4 and 3.2.10. */
public final class Unsolicited {
    /** During which command the client is told. */
    public enum During {
        /** FETCH, STORE or SEARCH: sequence numbers must stay. RFC 3501 section 7.4.1. */
        BY_SEQUENCE_NUMBER,
        /** UID FETCH, UID STORE, UID SEARCH: each FETCH has the UID. RFC 3501 section 6.4.8. */
        BY_UID,
        /** Any other command. */
        OTHER,
        /** No command runs. RFC 5465 section 3.1. */
        BETWEEN;

        /** Of FETCH, STORE and SEARCH. */
        public static During reading(boolean byUid) {
            return byUid ? BY_UID : BY_SEQUENCE_NUMBER;
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Unsolicited.class);

    private Unsolicited() {
    }

    /** Tells all that may be told now. What cannot be read stays to be told later: the command itself has succeeded. */
    public static Mono<Void> tell(ImapSession session, Responder responder, During during) {
        return Mono.defer(() -> {
            SelectedFolder folder = SelectedFolder.of(session);
            if (folder == null) {
                return Mono.empty();
            }
            Interest interest = Interest.of(session);
            folder.news().take().forEach(responder::respond);
            boolean changed = interest.flags() && !folder.flagUpdateUids().isEmpty();
            boolean told = tellSize(session, folder, responder, during) || changed;
            // RFC 5465 section 5.1: each FETCH has the UID.
            boolean withUid = during == During.BY_UID || interest.notified() || Condstore.aware(session);
            return Mono.defer(() -> interest.flags() ? tellFlags(session, folder, responder, withUid) : Mono.empty())
                .then(tellArrivals(session, folder, responder))
                // RFC 5267 section 4.3.2: at the same time as the FETCH or EXISTS that is the cause, and RFC 5465 section 7: behind it.
                .then(Mono.defer(() -> folder.follower().tell(responder)))
                .onErrorResume(Exception.class, e -> Mono.fromRunnable(() ->
                    LOGGER.error("the changes of {} could not be told", folder.getMailboxId(), e)))
                .then(Mono.fromRunnable(() -> tellHeldBack(session, folder, responder, during, told)));
        });
    }

    /** RFC 5465 section 5.2: FETCH behind EXISTS, of messages that this connection has not made. */
    private static Mono<Void> tellArrivals(ImapSession session, SelectedFolder folder, Responder responder) {
        return Mono.defer(() -> {
            List<MessageUid> arrivals = folder.news().takeArrivals();
            return arrivals.isEmpty() ? Mono.empty()
                : Mono.justOrEmpty(Interest.of(session).arrivals()).flatMap(told -> told.tell(arrivals, session, responder));
        });
    }

    /** A FETCH with flags, UID or mod-sequence, each where it is given; empty for a message that the client does not know. */
    public static void tellMessage(SelectedMailbox folder, Responder responder, Item item) {
        folder.msn(item.uid()).ifPresent(msn -> responder.respond(new FetchResponse(msn, item.flags(), item.withUid() ? item.uid() : null,
            null, item.modSeq(), null, null, null, null, null, null, null, null)));
    }

    /** What a FETCH says of a message. */
    public record Item(MessageUid uid, boolean withUid, @Nullable Flags flags, @Nullable ModSeq modSeq) {
        /** Flags as this session sees them, with UID and mod-sequence for who understands them. */
        public static Item of(ImapSession session, ComposedMessageIdWithMetaData message, boolean withUid) {
            MessageUid uid = message.getComposedMessageId().getUid();
            boolean aware = Condstore.aware(session);
            return new Item(uid, withUid || aware, flags(session.getSelected(), uid, message.getFlags()),
                aware ? message.getModSeq() : null);
        }

        /** RFC 3501 section 2.3.2: \Recent is the session's, and not the message's. */
        public static Flags flags(SelectedMailbox folder, MessageUid uid, Flags stored) {
            Flags flags = new Flags(stored);
            if (folder.isRecent(uid)) {
                flags.add(Flags.Flag.RECENT);
            } else {
                flags.remove(Flags.Flag.RECENT);
            }
            return flags;
        }
    }

    /** UIDs as responses have them. */
    public static UidRange[] ranges(Collection<MessageUid> uids) {
        return MessageRange.toRanges(uids).stream()
            .map(range -> new UidRange(range.getUidFrom(), range.getUidTo()))
            .toArray(UidRange[]::new);
    }

    private static boolean tellSize(ImapSession session, SelectedFolder folder, Responder responder, During during) {
        Interest interest = Interest.of(session);
        boolean grown = interest.messages() && folder.isSizeChanged();
        boolean mayShrink = during != During.BY_SEQUENCE_NUMBER;
        if (grown) {
            responder.respond(new ExistsResponse(folder.existsCount()));
        }
        List<MessageUid> own = folder.expungedUids().stream().filter(folder.news()::removedByClient).toList();
        Collection<MessageUid> expunged = interest.messages() ? folder.expungedUids() : own;
        // RFC 5267 section 4.3.4: before the EXPUNGE, so that the numbers are valid. It need not wait until that may be told.
        folder.follower().gone(expunged, responder);
        if (mayShrink) {
            // What the client has expunged itself is the answer to its command.
            tellExpunged(session, folder, responder, interest.mayShrink(during) ? expunged : own);
        }
        if (grown || mayShrink && folder.isRecentUidRemoved()) {
            responder.respond(new RecentResponse(folder.recentCount()));
            folder.resetRecentUidRemoved();
        }
        return grown;
    }

    private static void tellExpunged(ImapSession session, SelectedFolder folder, Responder responder, Collection<MessageUid> expunged) {
        boolean vanished = Condstore.qresync(session);
        if (vanished && !expunged.isEmpty()) {
            responder.respond(new VanishedResponse(ranges(expunged), false));
        }
        for (MessageUid uid : expunged) {
            // RFC 3501 section 7.4.1: each EXPUNGE counts the others down at once.
            NullableMessageSequenceNumber msn = folder.remove(uid);
            if (!vanished) {
                responder.respond(new ExpungeResponse(msn));
            }
        }
        folder.resetExpungedUids();
        folder.news().toldRemoved(expunged);
    }

    private static Mono<Void> tellFlags(ImapSession session, SelectedFolder folder, Responder responder, boolean withUid) {
        tellKeywords(folder, responder);
        return Flux.fromIterable(MessageRange.toRanges(folder.flagUpdateUids()))
            .concatMap(range -> folder.getMessageManager().listMessagesMetadata(range, session.getMailboxSession()))
            .doOnNext(message -> tellMessage(folder, responder, Item.of(session, message, withUid)))
            .then(Mono.fromRunnable(folder::resetEvents));
    }

    /** RFC 7162 section 3.2: a client that leaves now must ask for the expunges that it has not been told yet. */
    private static void tellHeldBack(ImapSession session, SelectedFolder folder, Responder responder, During during, boolean told) {
        boolean modSeqs = during == During.BY_SEQUENCE_NUMBER || during == During.BY_UID || during == During.BETWEEN && told;
        if (modSeqs && !Interest.of(session).mayShrink(during) && Condstore.qresync(session) && !folder.expungedUids().isEmpty()) {
            responder.respond(UntaggedStatus.ok("HIGHESTMODSEQ " + folder.modSeqBefore().asLong(), "Expunges are to come."));
        }
    }

    /** The mailbox's flags, and which of them the client may change. */
    static void tellKnownFlags(SelectedFolder folder, Responder responder) {
        Flags applicable = folder.getApplicableFlags();
        responder.respond(new FlagsResponse(applicable));
        responder.respond(UntaggedStatus.ok(PermanentFlagsCode.of(folder.permanentFlags(), applicable), "Flags permitted"));
    }

    /** RFC 3501 section 7.2.6: FLAGS before the first FETCH with a new keyword. */
    public static void tellKeywords(SelectedFolder folder, Responder responder) {
        if (folder.hasNewApplicableFlags()) {
            folder.resetNewApplicableFlags();
            tellKnownFlags(folder, responder);
        }
    }
}

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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

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

import com.google.common.collect.Lists;

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
        /** IDLE, which lasts. */
        IDLE,
        /** No command runs. RFC 5465 section 3.1. */
        BETWEEN;

        /** Of FETCH, STORE and SEARCH. */
        public static During reading(boolean byUid) {
            return byUid ? BY_UID : BY_SEQUENCE_NUMBER;
        }

        /** Whether there is a next time at once, so that a busy mailbox keeps no command of the client waiting. */
        private boolean bounded() {
            return this == IDLE || this == BETWEEN;
        }

        /** So many of what would be told, or all: what is told of by a command, an extension may rely on (RFC 7162 section 3.2.7). */
        private int most(int bound) {
            return bounded() ? bound : Integer.MAX_VALUE;
        }
    }

    /** New messages that are told at once: what the client has asked to be told of them may be much. */
    private static final int MAX_NEW = 32;
    /** Messages with changed flags that are told of at once. */
    private static final int MAX_FLAGGED = 500;
    /** New messages that are looked up at once. */
    private static final int MAX_READ = 5000;
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
            folder.news().take().forEach(responder::respond);
            return folder.lookup().readable()
                .map(may -> new Telling(session, folder, responder, during, may ? Interest.of(session) : Interest.NOTHING))
                .flatMap(telling -> (telling.interest().messages()
                        ? folder.lookup().missed(folder.arrivals(), during.most(MAX_NEW), during.most(MAX_READ)) : Mono.<Void>empty())
                    .then(Mono.defer(() -> tell(telling))))
                .onErrorResume(Exception.class, e -> Mono.fromRunnable(() ->
                    LOGGER.error("the changes of {} could not be told", folder.getMailboxId(), e)));
        });
    }

    /** What a client is told of its folder. */
    private record Telling(ImapSession session, SelectedFolder folder, Responder responder, During during, Interest interest) {
    }

    private static Mono<Void> tell(Telling telling) {
        SelectedFolder folder = telling.folder();
        Interest interest = telling.interest();
        boolean told = tellSize(telling) || interest.flags() && folder.flags().areLeft();
        return (interest.flags() ? tellFlags(telling) : Mono.<Void>empty())
            .then(tellArrivals(telling))
            // RFC 5267 section 4.3.2: at the same time as the FETCH or EXISTS that is the cause, and RFC 5465 section 7: behind it.
            .then(Mono.defer(() -> interest.messages() ? folder.follower().tell(telling.responder()) : Mono.<Void>empty()))
            .then(Mono.<Void>fromRunnable(() -> ringAgain(telling)))
            .onErrorResume(Exception.class, e -> Mono.fromRunnable(() ->
                LOGGER.error("the changes of {} could not be told", folder.getMailboxId(), e)))
            .then(Mono.fromRunnable(() -> tellHeldBack(telling, told)));
    }

    /** What is left is told when it is the client's turn again. */
    private static void ringAgain(Telling telling) {
        SelectedFolder folder = telling.folder();
        Interest interest = telling.interest();
        boolean left = interest.messages() && folder.arrivals().areReady() || interest.flags() && folder.flags().areLeft();
        if (folder.news().hasArrivals() || left && telling.during().bounded()) {
            folder.news().ring();
        }
    }

    /** RFC 5465 section 5.2: FETCH behind EXISTS, of messages that this connection has not made. */
    private static Mono<Void> tellArrivals(Telling telling) {
        return Mono.defer(() -> {
            Optional<Interest.Arrivals> interest = telling.interest().arrivals();
            List<MessageUid> arrivals = telling.folder().news().takeArrivals(interest.isPresent() ? MAX_NEW : Integer.MAX_VALUE);
            return arrivals.isEmpty() ? Mono.empty()
                : Mono.justOrEmpty(interest)
                    .flatMap(told -> told.tell(arrivals, telling.session(), telling.responder()))
                    .doOnError(e -> telling.folder().news().arrived(arrivals));
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

    private static boolean tellSize(Telling telling) {
        SelectedFolder folder = telling.folder();
        Responder responder = telling.responder();
        Interest interest = telling.interest();
        boolean grown = interest.messages() && folder.grow(telling.during().most(MAX_NEW));
        boolean mayShrink = telling.during() != During.BY_SEQUENCE_NUMBER;
        if (grown) {
            responder.respond(new ExistsResponse(folder.existsCount()));
        }
        List<MessageUid> own = folder.expungedByClient();
        Collection<MessageUid> expunged = interest.messages() ? folder.expungedUids() : own;
        // RFC 5267 section 4.3.4: before the EXPUNGE, so that the numbers are valid. It need not wait until that may be told.
        folder.follower().gone(expunged, responder);
        if (mayShrink) {
            // What the client has expunged itself is the answer to its command.
            tellExpunged(telling, interest.mayShrink(telling.during()) ? expunged : own);
        }
        if (grown || mayShrink && folder.isRecentUidRemoved()) {
            responder.respond(new RecentResponse(folder.recentCount()));
            folder.resetRecentUidRemoved();
        }
        return grown;
    }

    private static void tellExpunged(Telling telling, Collection<MessageUid> expunged) {
        SelectedFolder folder = telling.folder();
        Responder responder = telling.responder();
        boolean vanished = Condstore.qresync(telling.session());
        if (vanished && !expunged.isEmpty()) {
            responder.respond(new VanishedResponse(ranges(expunged), false));
        }
        List<MessageUid> gone = expunged.stream().filter(folder::contains).sorted().toList();
        if (!vanished) {
            for (int before = 0; before < gone.size(); before++) {
                // RFC 3501 section 7.4.1: each EXPUNGE counts the others down at once.
                int number = folder.msn(gone.get(before)).asInt().orElseThrow() - before;
                responder.respond(new ExpungeResponse(NullableMessageSequenceNumber.of(number)));
            }
        }
        // From the end, so that fewer numbers have to move.
        Lists.reverse(gone).forEach(folder::remove);
        folder.resetExpungedUids();
    }

    private static Mono<Void> tellFlags(Telling telling) {
        SelectedFolder folder = telling.folder();
        return folder.flags().remember(folder.lookup()::changed).then(tellKnownChanges(telling));
    }

    private static Mono<Void> tellKnownChanges(Telling telling) {
        return Mono.defer(() -> {
            SelectedFolder folder = telling.folder();
            ImapSession session = telling.session();
            // RFC 5465 section 5.1: each FETCH has the UID.
            boolean withUid = telling.during() == During.BY_UID || telling.interest().notified() || Condstore.aware(session);
            tellKeywords(folder, telling.responder());
            List<MessageUid> changed = folder.flags().first(telling.during().most(MAX_FLAGGED), folder::contains);
            return Flux.fromIterable(Lists.partition(changed, MAX_FLAGGED))
                .concatMap(uids -> Flux.fromIterable(MessageRange.toRanges(uids))
                    .concatMap(range -> folder.getMessageManager().listMessagesMetadata(range, session.getMailboxSession()))
                    // RFC 7162 section 3.2: a client that is cut off here asks for what has a higher mod-sequence than it has seen.
                    .sort(Comparator.comparing(ComposedMessageIdWithMetaData::getModSeq)))
                .doOnNext(message -> tellMessage(folder, telling.responder(), Item.of(session, message, withUid)))
                .map(ComposedMessageIdWithMetaData::getModSeq)
                .reduce(BinaryOperator.maxBy(Comparator.naturalOrder()))
                .doOnNext(highest -> folder.flags().firstLeft()
                    .filter(left -> left.compareTo(highest) < 0 && Condstore.qresync(session))
                    .ifPresent(left -> tellBelow(telling.responder(), left.asLong() - 1)))
                .then(Mono.fromRunnable(folder::resetEvents));
        });
    }

    /** RFC 7162 section 3.2: a client that leaves now must ask for the expunges that it has not been told yet. */
    private static void tellHeldBack(Telling telling, boolean told) {
        During during = telling.during();
        boolean modSeqs = during == During.BY_SEQUENCE_NUMBER || during == During.BY_UID || during == During.BETWEEN && told;
        if (modSeqs && !telling.interest().mayShrink(during) && Condstore.qresync(telling.session())
                && !telling.folder().expungedUids().isEmpty()) {
            tellBelow(telling.responder(), telling.folder().modSeqBefore().asLong());
        }
    }

    private static void tellBelow(Responder responder, long modSeq) {
        responder.respond(UntaggedStatus.ok("HIGHESTMODSEQ " + modSeq, "Earlier changes are to come."));
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

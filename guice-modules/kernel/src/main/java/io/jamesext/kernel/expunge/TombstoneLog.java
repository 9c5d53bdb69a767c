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

package io.jamesext.kernel.expunge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapper;

import com.google.common.collect.Iterables;
import com.google.inject.Inject;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The log on {@link Tombstones} and James's own mod-sequences.
 *
 * <p>A client that has seen a mod-sequence must find all tombstones up to it, whichever node writes them. James only says which
 * mod-sequence it has given out. So a tombstone is written at one that nobody has got yet, then one is drawn: when that is not above the
 * tombstone's, nobody saw any of them before the tombstone was there. Otherwise somebody was faster, and the next try leaves more room.
 */
public final class TombstoneLog implements ExpungeLog {
    /** So many tombstones of a mailbox stay when its log is trimmed: a partition of a megabyte or two. */
    static final int KEPT = 8192;
    /** A log is trimmed when the mailbox's mod-sequence is a multiple of this. */
    static final int TRIM_EVERY = 512;

    /** Who adds what was added already does so at most this many tombstones later. */
    private static final int LATEST = 64;
    private static final int MORE_ROOM = 8;
    private static final Username READER = Username.of("jamesext-expunge-log");

    private final Tombstones tombstones;
    private final MailboxManager mailboxes;
    private final MailboxSessionMapperFactory mappers;

    /** On tombstones, and James's mailboxes below any user's rights. */
    @Inject
    public TombstoneLog(Tombstones tombstones, MailboxManager mailboxes, MailboxSessionMapperFactory mappers) {
        this.tombstones = tombstones;
        this.mailboxes = mailboxes;
        this.mappers = mappers;
    }

    @Override
    public Flux<MessageUid> after(MailboxId mailbox, ModSeq since) {
        // The floor is read last: it rises before tombstones are removed.
        return tombstones.after(mailbox, since).collectList()
            .flatMapMany(found -> reaches(mailbox, since)
                .flatMapMany(known -> known ? Flux.fromIterable(found).concatMapIterable(Tombstone::each) : missing(mailbox)));
    }

    @Override
    public Mono<Boolean> reaches(MailboxId mailbox, ModSeq since) {
        return tombstones.floor(mailbox).map(floor -> floor.compareTo(since) <= 0).defaultIfEmpty(false);
    }

    @Override
    public Mono<Void> begin(MailboxId mailbox) {
        // A mod-sequence of its own: James did not raise it for what was expunged before.
        return tombstones.floor(mailbox)
            .hasElement()
            .flatMap(begun -> begun ? Mono.empty() : mappers.getModSeqProvider().nextModSeqReactive(mailbox)
                .flatMap(floor -> tombstones.raiseFloor(mailbox, floor)));
    }

    @Override
    public Mono<Void> add(MailboxId mailbox, Collection<MessageUid> gone) {
        return tombstones.latest(mailbox, LATEST)
            .<Set<MessageUid>>collect(() -> new HashSet<>(gone), (left, tombstone) -> tombstone.removeFrom(left))
            .filter(left -> !left.isEmpty())
            .flatMap(left -> begin(mailbox).then(Mono.defer(() -> write(mailbox, left, 1))));
    }

    @Override
    public Mono<Void> drop(MailboxId mailbox) {
        return tombstones.drop(mailbox);
    }

    private Mono<Void> write(MailboxId mailbox, Set<MessageUid> gone, int room) {
        return Blocking.call(() -> mappers.getModSeqProvider().highestModSeq(mailbox))
            .flatMap(highest -> {
                ModSeq place = ModSeq.of(highest.asLong() + room);
                return tombstones.put(mailbox, Tombstone.of(place, gone))
                    .then(mappers.getModSeqProvider().nextModSeqReactive(mailbox))
                    .flatMap(drawn -> drawn.compareTo(place) <= 0
                        ? trim(mailbox, drawn)
                        : write(mailbox, gone, Math.multiplyExact(room, MORE_ROOM)));
            });
    }

    private Mono<Void> trim(MailboxId mailbox, ModSeq drawn) {
        return drawn.asLong() % TRIM_EVERY != 0 ? Mono.empty() : tombstones.before(mailbox, KEPT)
            .flatMap(last -> tombstones.raiseFloor(mailbox, last).then(tombstones.removeUpTo(mailbox, last)));
    }

    /** RFC 7162 section 5.1: who remembers nothing tells of every UID that could be there and is not. */
    private Flux<MessageUid> missing(MailboxId mailbox) {
        MailboxSession session = mailboxes.createSystemSession(READER);
        MessageMapper messages = mappers.getMessageMapper(session);
        return mappers.getMailboxMapper(session).findMailboxById(mailbox)
            .flatMapMany(found -> messages.getLastUidReactive(found)
                .flatMapMany(last -> messages.listAllMessageUids(found).collectSortedList()
                    .flatMapIterable(there -> gaps(there, last.map(MessageUid::asLong).orElse(0L)))));
    }

    private static Iterable<MessageUid> gaps(List<MessageUid> there, long last) {
        List<MessageRange> gaps = new ArrayList<>();
        long next = 1;
        for (MessageUid uid : there) {
            if (uid.asLong() > next) {
                gaps.add(MessageRange.range(MessageUid.of(next), MessageUid.of(uid.asLong() - 1)));
            }
            next = uid.asLong() + 1;
        }
        if (last >= next) {
            gaps.add(MessageRange.range(MessageUid.of(next), MessageUid.of(last)));
        }
        return Iterables.concat(gaps);
    }
}

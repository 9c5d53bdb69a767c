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
package io.jamesext.agap.change;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;

import io.jamesext.kernel.expunge.ExpungeLog;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings the index of folders up to what is in James's mailboxes. Whatever it does can be done twice, or by two nodes at once: then at
 * worst a folder's FCID rises once more than it need have.
 */
public final class FolderIndex {
    /** Folders that are looked at together. */
    private static final int CONCURRENCY = 4;

    private final FolderTable table;
    private final StoredFolders stored;
    private final ExpungeLog expunges;
    private final Clock clock;

    /** On the table, James's mailboxes and the log of expunges. */
    @Inject
    public FolderIndex(FolderTable table, StoredFolders stored, ExpungeLog expunges, Clock clock) {
        this.table = table;
        this.stored = stored;
        this.expunges = expunges;
        this.clock = clock;
    }

    /** What is known of the user's folders: one read. Empty for a user that has never asked. */
    public Mono<Account> account(Username user) {
        return table.account(user);
    }

    /** True for a user whose changes are of interest: one that has asked for FCIDs. */
    public Mono<Boolean> knows(Username user) {
        return table.knows(user);
    }

    /** Compares what folders there are and what they are called with what is known, and makes it known: two reads if nothing changed. */
    public Mono<Void> reconcile(Username user) {
        // The clock first: from then on events are heard, and the mailboxes are read after it.
        return table.account(user)
            .switchIfEmpty(Mono.defer(() -> table.raiseClock(user, clock.millis()).then(table.account(user))))
            .flatMap(account -> stored.of(user).collectList()
                .map(there -> Structure.of(there, account.folders(), stored.delimiter()))
                .filter(structure -> !structure.isUnchanged())
                .flatMap(structure -> apply(structure, user, account)));
    }

    private Mono<Void> apply(Structure structure, Username user, Account account) {
        long first = Math.max(account.clock() + 1, clock.millis());
        AtomicLong next = new AtomicLong(first + 1);
        Mono<Void> root = structure.root() ? table.raiseRoot(user, first) : Mono.empty();
        boolean filled = account.root() > 0;
        // What raises an FCID comes before what makes the change known: whoever is interrupted does it all again. But a root says that the
        // account is filled.
        return table.raiseClock(user, first + structure.added().size() + structure.renamed().size())
            .then(filled ? root : Mono.empty())
            .thenMany(Flux.fromIterable(structure.parents()).concatMap(parent -> structureChanged(user, parent)))
            .then(structure.left().isEmpty() ? Mono.empty() : table.leave(user, structure.left()))
            .thenMany(Flux.fromIterable(structure.added()).flatMap(mailbox -> add(user, mailbox, next.getAndIncrement()), CONCURRENCY))
            .then(structure.renamed().isEmpty() ? Mono.empty() : rename(structure, user, next))
            .thenMany(Flux.fromIterable(structure.removed()).concatMap(row -> table.remove(user, row.mailbox())))
            .then(filled ? Mono.empty() : root);
    }

    /** A folder keeps its seed, unless a younger one was under its new name: the FCID and the UCID of a path must not sink. */
    private Mono<Void> rename(Structure structure, Username user, AtomicLong next) {
        return table.left(user).flatMapMany(left -> Flux.fromIterable(structure.renamed())
                .concatMap(mailbox -> (left.getOrDefault(mailbox.getName(), 0L) > structure.seeds().getOrDefault(Structure.id(mailbox), 0L)
                    ? reseed(user, mailbox, next.getAndIncrement())
                    : Mono.<Void>empty())
                    .then(table.rename(user, Structure.id(mailbox), mailbox.getName()))))
            .then();
    }

    private Mono<Void> reseed(Username user, Mailbox mailbox, long seed) {
        return table.reseed(user, Structure.id(mailbox), seed)
            .then(table.renumber(user, Structure.id(mailbox), seed, mailbox.getUidValidity().asLong()));
    }

    private Mono<Void> structureChanged(Username user, Mailbox parent) {
        return stored.draw(parent).flatMap(modSeq -> raise(user, parent, stored.countsAt(parent, modSeq)));
    }

    /**
     * The log of expunges begins before the first FCID is told, which the client may ask behind; and the folder is there for events before
     * its counts are read.
     */
    private Mono<Void> add(Username user, Mailbox mailbox, long seed) {
        return expunges.begin(mailbox.getMailboxId())
            .then(table.add(user, Structure.id(mailbox), mailbox.getName(), seed))
            .then(table.renumber(user, Structure.id(mailbox), seed, mailbox.getUidValidity().asLong()))
            .then(raise(user, mailbox, stored.counts(mailbox)));
    }

    /** Does nothing for a folder that is not known. */
    private Mono<Void> raise(Username user, Mailbox mailbox, Mono<Counts> counted) {
        return Mono.defer(() -> table.folder(user, Structure.id(mailbox)))
            .flatMap(row -> counted.flatMap(counts -> raise(user, row, counts)))
            .then();
    }

    private Mono<FolderRow> raise(Username user, FolderRow row, Counts counts) {
        FolderRow counted = row.counted(counts);
        return row.equals(counted) ? Mono.just(row) : table.raise(user, row, counts.modSeq(), counts.lastUid()).thenReturn(counted);
    }

    /** Looks at a folder itself and writes down what is not known yet; gives what is known then, or nothing for an unknown folder. */
    public Mono<FolderRow> refresh(Username user, MailboxId id) {
        return table.folder(user, id.serialize()).flatMap(row -> stored.find(id).flatMap(mailbox -> refresh(user, mailbox, row)));
    }

    /** The same for some folders of an account that was read already, and for those of which nothing is known but that they are there. */
    Mono<Account> refresh(Username user, Collection<MailboxId> ids, Account account) {
        Flux<FolderRow> rows = account.folders().stream().anyMatch(row -> row.modSeq() == 0)
            ? refresh(user, account)
            : Flux.fromIterable(ids).concatMap(id -> refresh(user, id));
        return rows.collectMap(FolderRow::mailbox)
            .map(fresh -> new Account(account.clock(), account.root(), account.folders().stream()
                .map(row -> fresh.getOrDefault(row.mailbox(), row))
                .collect(ImmutableList.toImmutableList())));
    }

    private Flux<FolderRow> refresh(Username user, Account account) {
        Map<String, FolderRow> rows = account.folders().stream().collect(Collectors.toMap(FolderRow::mailbox, Function.identity()));
        return stored.of(user)
            .flatMap(mailbox -> Mono.justOrEmpty(rows.get(Structure.id(mailbox))).flatMap(row -> refresh(user, mailbox, row)),
                CONCURRENCY);
    }

    private Mono<FolderRow> refresh(Username user, Mailbox mailbox, FolderRow row) {
        return stored.counts(mailbox)
            .flatMap(counts -> raise(user, row, counts))
            .flatMap(counted -> mailbox.getUidValidity().asLong() == counted.uidValidity()
                ? Mono.just(counted)
                : renumber(user, mailbox, counted));
    }

    /** AGAP section 2.7: James has given its messages other UIDs. */
    private Mono<FolderRow> renumber(Username user, Mailbox mailbox, FolderRow row) {
        long ucid = Math.max(row.ucid() + 1, clock.millis());
        long uidValidity = mailbox.getUidValidity().asLong();
        return table.raiseClock(user, ucid)
            .then(table.renumber(user, row.mailbox(), ucid, uidValidity))
            .thenReturn(row.renumbered(ucid, uidValidity));
    }

    /** Looks at every folder of a user that is known: for what no event has told. */
    Mono<Void> verify(Username user) {
        return reconcile(user).then(Mono.defer(() -> table.account(user))).flatMapMany(account -> refresh(user, account)).then();
    }

    /** A mailbox has this mod-sequence, as an event says. */
    Mono<Void> heard(Username user, MailboxId id, long modSeq) {
        return heard(user, id, mailbox -> stored.countsAt(mailbox, modSeq));
    }

    /** A mailbox has a mod-sequence that the event does not say. */
    Mono<Void> heard(Username user, MailboxId id) {
        return heard(user, id, stored::counts);
    }

    private Mono<Void> heard(Username user, MailboxId id, Function<Mailbox, Mono<Counts>> counts) {
        return table.folder(user, id.serialize())
            .flatMap(row -> stored.find(id).flatMap(counts).flatMap(counted -> raise(user, row, counted)))
            .then();
    }
}

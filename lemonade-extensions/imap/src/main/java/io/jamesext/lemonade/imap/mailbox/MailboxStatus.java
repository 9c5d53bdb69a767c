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

package io.jamesext.lemonade.imap.mailbox;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.mail.Flags.Flag;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes STATUS responses: from James's counters, except for SIZE, DELETED and DELETED-STORAGE, which James does not count; these read the
 * metadata of messages, never their content, and hold one at a time.
 */
public final class MailboxStatus {
    private static final Set<StatusItem> OF_METADATA = Collections.unmodifiableSet(EnumSet.of(StatusItem.MESSAGES, StatusItem.RECENT,
        StatusItem.UIDNEXT, StatusItem.UNSEEN, StatusItem.HIGHESTMODSEQ));

    private final MailboxManager mailboxManager;
    /** Of mailboxes that many clients are told of at once. */
    private final SharedReads<Kind, Read> shared = new SharedReads<>();
    private volatile Optional<Long> appendLimit = Optional.empty();

    public MailboxStatus(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** What James does not count. */
    private record Sums(long octets, long deleted, long deletedOctets) {
        static final Sums NONE = new Sums(0, 0, 0);

        Sums plus(long size, boolean isDeleted) {
            return new Sums(octets + size, deleted + (isDeleted ? 1 : 0), deletedOctets + (isDeleted ? size : 0));
        }
    }

    private record Kind(MailboxId mailbox, Set<StatusItem> items) {
    }

    /** Takes the limit of APPEND, which RFC 7889 has STATUS tell. */
    public void configure(ImapConfiguration configuration) {
        appendLimit = configuration.getAppendLimit();
    }

    /** The response for a mailbox; fails where it is not there, or the user may not read it (RFC 4314 section 4). */
    public Mono<Untagged> of(MailboxPath path, Set<StatusItem> items, FolderSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox()))
            .flatMap(mailbox -> readable(mailbox, session))
            // RFC 7162 section 3.1: STATUS (HIGHESTMODSEQ) is a CONDSTORE enabling command.
            .delayUntil(mailbox -> items.contains(StatusItem.HIGHESTMODSEQ) ? session.enableCondstore() : Mono.empty())
            .flatMap(mailbox -> read(mailbox, items, session))
            .map(read -> response(path, items, session, read));
    }

    /** The same of a mailbox whatever it is called, for a client that does not ask now (RFC 5465): nothing is enabled by it. */
    public Mono<Untagged> unasked(MailboxId id, Set<StatusItem> items, FolderSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(id, session.mailbox()))
            .flatMap(mailbox -> readable(mailbox, session))
            .flatMap(mailbox -> Mono.fromCallable(() -> mailbox.getMailboxEntity().generateAssociatedPath())
                .flatMap(path -> shared.of(new Kind(id, items), read(mailbox, items, session))
                    .map(read -> response(path, items, session, read))));
    }

    private Mono<MessageManager> readable(MessageManager mailbox, FolderSession session) {
        return Mono.fromCallable(() -> {
            if (!mailboxManager.hasRight(mailbox.getMailboxEntity(), Right.Read, session.mailbox())) {
                throw new RefusedException("NOPERM", "Not permitted.");
            }
            return mailbox;
        });
    }

    private static Mono<Read> read(MessageManager mailbox, Set<StatusItem> items, FolderSession session) {
        return Mono.zip(metadata(mailbox, items, session), sums(mailbox, items, session))
            .flatMap(read -> Mono.fromCallable(() -> new Read(mailbox.getMailboxEntity(), read.getT1(), read.getT2())));
    }

    /** All that a response may tell. */
    private record Read(Mailbox mailbox, Optional<MailboxMetaData> metadata, Sums sums) {
    }

    private static Mono<Optional<MailboxMetaData>> metadata(MessageManager mailbox, Set<StatusItem> items, FolderSession session) {
        if (Collections.disjoint(items, OF_METADATA)) {
            return Mono.just(Optional.empty());
        }
        EnumSet<Item> wanted = EnumSet.noneOf(Item.class);
        if (items.contains(StatusItem.MESSAGES) || items.contains(StatusItem.UNSEEN)) {
            wanted.add(Item.MailboxCounters);
        }
        if (items.contains(StatusItem.UIDNEXT)) {
            wanted.add(Item.NextUid);
        }
        if (items.contains(StatusItem.HIGHESTMODSEQ)) {
            wanted.add(Item.HighestModSeq);
        }
        RecentMode recent = items.contains(StatusItem.RECENT) ? RecentMode.RETRIEVE : RecentMode.IGNORE;
        return Mono.fromCallable(() -> mailbox.getMetaDataReactive(recent, session.mailbox(), wanted))
            .flatMap(Mono::from)
            .map(Optional::of);
    }

    private static Mono<Sums> sums(MessageManager mailbox, Set<StatusItem> items, FolderSession session) {
        if (items.contains(StatusItem.SIZE)) {
            return sums(mailbox, MessageRange.all(), session).reduce(Sums.NONE, MailboxStatus::both);
        }
        if (!items.contains(StatusItem.DELETED) && !items.contains(StatusItem.DELETED_STORAGE)) {
            return Mono.just(Sums.NONE);
        }
        Mono<List<MessageUid>> deleted = Flux.from(mailbox.listMessagesMetadata(MessageRange.all(), session.mailbox()))
            .filter(message -> message.getFlags().contains(Flag.DELETED))
            .map(message -> message.getComposedMessageId().getUid())
            .collectList();
        if (!items.contains(StatusItem.DELETED_STORAGE)) {
            return deleted.map(uids -> new Sums(0, uids.size(), 0));
        }
        return deleted.flatMapMany(uids -> Flux.fromIterable(MessageRange.toRanges(uids)))
            .concatMap(range -> sums(mailbox, range, session))
            .reduce(Sums.NONE, MailboxStatus::both);
    }

    private static Flux<Sums> sums(MessageManager mailbox, MessageRange range, FolderSession session) {
        return Flux.from(mailbox.getMessagesReactive(range, FetchGroup.MINIMAL, session.mailbox()))
            .map(message -> Sums.NONE.plus(message.getSize(), message.getFlags().contains(Flag.DELETED)));
    }

    private static Sums both(Sums one, Sums other) {
        return new Sums(one.octets() + other.octets(), one.deleted() + other.deleted(), one.deletedOctets() + other.deletedOctets());
    }

    private Untagged response(MailboxPath path, Set<StatusItem> items, FolderSession session, Read read) {
        UntaggedLine line = session.line("STATUS").mailbox(session.names().name(path)).open();
        items.forEach(item -> line.atom(item.word()).atom(value(item, read)));
        return line.close().end();
    }

    private String value(StatusItem item, Read read) {
        return switch (item) {
            case UIDVALIDITY -> Long.toString(read.mailbox().getUidValidity().asLong());
            case MAILBOXID -> "(" + read.mailbox().getMailboxId().serialize() + ")";
            case APPENDLIMIT -> appendLimit.map(String::valueOf).orElse("NIL");
            case SIZE -> Long.toString(read.sums().octets());
            case DELETED -> Long.toString(read.sums().deleted());
            case DELETED_STORAGE -> Long.toString(read.sums().deletedOctets());
            case MESSAGES, RECENT, UIDNEXT, UNSEEN, HIGHESTMODSEQ -> Long.toString(counted(item, read.metadata().orElseThrow()));
        };
    }

    private static long counted(StatusItem item, MailboxMetaData metadata) {
        return switch (item) {
            case MESSAGES -> metadata.getMessageCount();
            case RECENT -> metadata.countRecent();
            case UIDNEXT -> metadata.getUidNext().asLong();
            case UNSEEN -> metadata.getUnseenCount();
            case HIGHESTMODSEQ -> metadata.getHighestModSeq().asLong();
            default -> throw new IllegalArgumentException(item.word());
        };
    }
}

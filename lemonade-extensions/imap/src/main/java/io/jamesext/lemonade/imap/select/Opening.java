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

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.select.SelectRequest.Resync;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a mailbox that is being selected. What the package says of the order is kept here. */
final class Opening {
    private final MailboxManager mailboxes;
    private final Registrations registrations;
    private final ExpungeLog log;
    private final OpenFolders openFolders;

    /**
     * What SELECT tells besides the folder.
     *
     * @param highestModSeq as it was before the messages were listed
     * @param changed the messages that a client that resynchronizes does not know as they are
     */
    record Opened(MailboxMetaData metaData, ModSeq highestModSeq, List<ComposedMessageIdWithMetaData> changed) {
    }

    private record Listed(List<MessageUid> uids, List<ComposedMessageIdWithMetaData> changed) {
        static Listed empty() {
            return new Listed(new ArrayList<>(), new ArrayList<>());
        }

        void add(ComposedMessageIdWithMetaData message, long since) {
            uids.add(message.getComposedMessageId().getUid());
            if (message.getModSeq().asLong() > since) {
                changed.add(message);
            }
        }
    }

    Opening(MailboxManager mailboxes, SelectProcessor.Services services) {
        this.mailboxes = mailboxes;
        this.registrations = services.registrations();
        this.log = services.log();
        this.openFolders = services.openFolders();
    }

    /**
     * Fills the folder.
     *
     * @param takeRecent whether this session is the one that finds messages recent; RFC 3501 section 2.3.2
     */
    Mono<Opened> open(SelectedFolder folder, ImapSession session, Optional<Resync> resync, boolean takeRecent) {
        MessageManager manager = folder.getMessageManager();
        return registrations.register(folder, manager.getId())
            .doOnNext(made -> folder.registered(openFolders.opened(folder, session.getUserName(), made)))
            .then(log.begin(manager.getId()))
            .then(Mono.defer(() -> recents(manager, session, takeRecent)))
            .flatMap(recents -> metaData(manager, session, RecentMode.IGNORE, EnumSet.of(Item.HighestModSeq))
                .flatMap(before -> list(manager, session, resync)
                    .flatMap(listed -> metaData(manager, session, RecentMode.IGNORE, EnumSet.of(Item.FirstUnseen, Item.NextUid))
                        .flatMap(after -> manager.getApplicableFlagsReactive(session.getMailboxSession())
                            .map(flags -> {
                                folder.loaded(listed.uids(), recents, flags, before.getHighestModSeq());
                                folder.arrivals().givenOut(MessageUid.of(after.getUidNext().asLong() - 1));
                                return new Opened(after, before.getHighestModSeq(), listed.changed());
                            })))))
            .onErrorResume(e -> folder.deselect().then(Mono.error(e)));
    }

    /** James draws a mod-sequence for taking them even where there are none. */
    private static Mono<List<MessageUid>> recents(MessageManager manager, ImapSession session, boolean take) {
        return metaData(manager, session, RecentMode.RETRIEVE, EnumSet.noneOf(Item.class))
            .flatMap(found -> take && !found.getRecent().isEmpty()
                ? metaData(manager, session, RecentMode.RESET, EnumSet.noneOf(Item.class))
                : Mono.just(found))
            .map(MailboxMetaData::getRecent);
    }

    static Mono<MailboxMetaData> metaData(MessageManager manager, ImapSession session, RecentMode recents, EnumSet<Item> items) {
        return Mono.fromCallable(() -> manager.getMetaDataReactive(recents, session.getMailboxSession(), items))
            .flatMap(metaData -> metaData);
    }

    /** Every UID: sequence numbers cannot be had for less. Whoever resynchronizes gets what has changed from the same reading. */
    private static Mono<Listed> list(MessageManager manager, ImapSession session, Optional<Resync> resync) {
        if (resync.isPresent()) {
            long since = resync.get().modSeq();
            return Flux.from(manager.listMessagesMetadata(MessageRange.all(), session.getMailboxSession()))
                .collect(Listed::empty, (listed, message) -> listed.add(message, since));
        }
        return Mono.fromCallable(() -> manager.search(SearchQuery.of(SearchQuery.all()), session.getMailboxSession()))
            .flatMapMany(uids -> uids)
            .collectList()
            .map(uids -> new Listed(uids, List.of()));
    }
}

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
package io.jamesext.agap.folder;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.Striped;
import com.google.inject.Inject;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * FCID and UCID. AGAP sections 2.6 and 2.7.
 *
 * <p>FCID is the mailbox's highest modification sequence, which James raises with every new or changed message, plus a structure counter
 * of our own, which rises when subfolders come, go or are renamed, and when messages are deleted, for James raises nothing then. We do not
 * wait for news of that: the counter's record holds what the folder looked like, and whoever asks next sees the difference and raises it,
 * so that no change by any protocol is missed. A counter starts at the present time in milliseconds, so that a folder that was deleted and
 * made again goes on above where it was. UCID is such a counter too, raised when James's UIDVALIDITY has changed.
 *
 * <p>Not covered: two nodes that see the same change at once may store their two counters in either order; the client then sees a change
 * once more, never one less.
 */
public final class FolderStates {
    /** On the folder's own mailbox. */
    private static final MailboxAnnotationKey FOLDER = new MailboxAnnotationKey("/private/vendor/jamesext/agapfolder");
    /** The root is no mailbox; its record is with INBOX, which every account has. */
    private static final MailboxAnnotationKey ROOT = new MailboxAnnotationKey("/private/vendor/jamesext/agaproot");
    private static final EnumSet<Item> ITEMS = EnumSet.of(Item.HighestModSeq, Item.MailboxCounters);

    private final MailboxManager mailboxManager;
    private final Clock clock;
    /** Sessions of this process do not overwrite each other's counters. */
    private final Striped<Lock> locks = Striped.lock(64);

    /** On James's mailboxes and annotations. */
    @Inject
    public FolderStates(MailboxManager mailboxManager, Clock clock) {
        this.mailboxManager = mailboxManager;
        this.clock = clock;
    }

    /**
     * A folder's state now.
     *
     * @param subfolders of the whole account
     */
    public Mono<FolderState> of(Folder folder, Subfolders subfolders, MailboxSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(folder.id(), session))
            .flatMap(messages -> Mono.fromCallable(() -> messages.getMetaDataReactive(RecentMode.IGNORE, session, ITEMS)))
            .flatMap(Function.identity())
            .flatMap(metaData -> Blocking.call(() -> state(folder, subfolders, metaData, session)));
    }

    /** The root's FCID, which follows its direct subfolders only. */
    public Mono<Long> ofRoot(Subfolders subfolders, MailboxSession session) {
        Seen now = new Seen(subfolders.look(FolderPath.ROOT), 0);
        return Blocking.call(() -> refresh(MailboxPath.inbox(session), ROOT, now, session).structure());
    }

    private FolderState state(Folder folder, Subfolders subfolders, MailboxMetaData now, MailboxSession session) throws MailboxException {
        // Messages that went away leave no trace but their number.
        String looks = subfolders.look(folder.path()) + now.getMessageCount();
        FolderRecord counters = refresh(folder.mailbox(), FOLDER, new Seen(looks, now.getUidValidity().asLong()), session);
        return new FolderState(now.getHighestModSeq().asLong() + counters.structure(), counters.renumbered(),
            now.getMessageCount(), now.getUnseenCount());
    }

    /** What a folder looks like now. */
    private record Seen(String looks, long uidValidity) {
    }

    private FolderRecord refresh(MailboxPath mailbox, MailboxAnnotationKey key, Seen now, MailboxSession session) throws MailboxException {
        Lock lock = locks.get(mailbox);
        lock.lock();
        try {
            Optional<FolderRecord> stored = mailboxManager.getAnnotationsByKeys(mailbox, session, ImmutableSet.of(key)).stream()
                .flatMap(annotation -> annotation.getValue().stream())
                .flatMap(value -> FolderRecord.parse(value).stream())
                .findFirst();
            FolderRecord refreshed = stored.map(last -> last.seen(now.looks, now.uidValidity, clock.millis()))
                .orElseGet(() -> FolderRecord.first(now.looks, now.uidValidity, clock.millis()));
            if (!stored.equals(Optional.of(refreshed))) {
                mailboxManager.updateAnnotations(mailbox, session,
                    ImmutableList.of(MailboxAnnotation.newInstance(key, refreshed.toString())));
            }
            return refreshed;
        } finally {
            lock.unlock();
        }
    }
}

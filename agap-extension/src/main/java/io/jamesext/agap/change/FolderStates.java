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

import java.util.EnumSet;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.exception.MailboxNotFoundException;

import com.google.inject.Inject;

import io.jamesext.agap.session.AgapSession;
import reactor.core.publisher.Mono;

/** FCID and UCID of folders, for the commands that tell them. AGAP sections 2.6, 2.7, 4.13 and 4.38. */
public final class FolderStates {
    private static final EnumSet<Item> COUNTERS = EnumSet.of(Item.MailboxCounters);

    private final FolderIndex index;
    private final Verification verification;

    /** On the index. */
    @Inject
    public FolderStates(FolderIndex index, Verification verification) {
        this.index = index;
        this.verification = verification;
    }

    /** Looks at no account in the background any more; for when the servers have stopped. Blocks until it does not. */
    public void end() {
        verification.end();
    }

    /** A folder's state now, by its mailbox and not by the index, which is put right; also when the news of its subfolders were lost. */
    public Mono<FolderState> of(MessageManager messages, MailboxSession session) {
        return index.reconcile(session.getUser())
            .then(Mono.defer(() -> row(messages, session)))
            .zipWith(counters(messages, session),
                (row, counters) -> new FolderState(row.fcid(), row.ucid(), counters.getMessageCount(), counters.getUnseenCount()));
    }

    /** What is known of a folder now, by its mailbox and not by the index, which is put right. */
    public Mono<FolderRow> row(MessageManager messages, MailboxSession session) {
        Username user = session.getUser();
        return index.refresh(user, messages.getId())
            .switchIfEmpty(Mono.defer(() -> index.reconcile(user).then(Mono.defer(() -> index.refresh(user, messages.getId())))))
            .switchIfEmpty(Mono.error(() -> deleted(messages)));
    }

    private static MailboxNotFoundException deleted(MessageManager messages) {
        return new MailboxNotFoundException(messages.getId());
    }

    private static Mono<MailboxMetaData> counters(MessageManager messages, MailboxSession session) {
        return Mono.fromCallable(() -> messages.getMetaDataReactive(RecentMode.IGNORE, session, COUNTERS)).flatMap(counters -> counters);
    }

    /**
     * What the index knows of the account: one read of one partition, beside a look at what this session itself has changed since it asked
     * last, for the events of that may not have been heard yet.
     */
    public Mono<Account> account(AgapSession session) {
        Username user = session.mailboxSession().getUser();
        AgapSession.Changes own = session.takeChanges();
        return (own.structure() ? index.reconcile(user) : Mono.<Void>empty())
            .then(Mono.defer(() -> index.account(user)))
            // Without a root it is not filled yet, or another session is about to.
            .filter(account -> account.root() > 0)
            .doOnNext(account -> verification.begin(user))
            .switchIfEmpty(Mono.defer(() -> account(user)))
            .flatMap(account -> index.refresh(user, own.folders(), account));
    }

    /** What the index knows of the account after a look at which folders there are. */
    public Mono<Account> account(Username user) {
        return index.reconcile(user).then(Mono.defer(() -> index.account(user)));
    }
}

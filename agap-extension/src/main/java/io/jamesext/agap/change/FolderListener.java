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

import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.reactivestreams.Publisher;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;

/**
 * Keeps the index by James's events, whichever protocol and node is the cause. Accounts that never asked for FCIDs cost one small read for
 * each event and nothing else.
 */
public final class FolderListener implements EventListener.ReactiveGroupEventListener {
    /** A group of James's own class: James reads the names of groups back without the class loader of extensions. */
    private static final Group GROUP = new GenericGroup("agap-folders");

    private final FolderIndex index;
    private final AliasTable aliases;

    /** Keeping these. */
    @Inject
    public FolderListener(FolderIndex index, AliasTable aliases) {
        this.index = index;
        this.aliases = aliases;
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Added || event instanceof FlagsUpdated || event instanceof MailboxAdded || event instanceof MailboxRenamed
            || event instanceof MailboxDeletion;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        if (event instanceof Added added) {
            long modSeq = added.getUids().stream().mapToLong(uid -> modSeq(added, uid)).max().orElse(0);
            return index.heard(added.getMailboxPath().getUser(), added.getMailboxId(), modSeq);
        }
        if (event instanceof FlagsUpdated updated) {
            long modSeq = updated.getUpdatedFlags().stream().map(UpdatedFlags::getModSeq).mapToLong(ModSeq::asLong).max().orElse(0);
            return index.heard(updated.getMailboxPath().getUser(), updated.getMailboxId(), modSeq);
        }
        if (event instanceof MailboxRenamed renamed) {
            boolean sameUser = renamed.getMailboxPath().getUser().equals(renamed.getNewPath().getUser());
            return reconcile(renamed.getMailboxPath()).then(sameUser ? Mono.empty() : Mono.defer(() -> reconcile(renamed.getNewPath())));
        }
        if (event instanceof MailboxDeletion deletion) {
            return aliases.drop(deletion.getMailboxId()).then(reconcile(deletion.getMailboxPath()));
        }
        return event instanceof MailboxEvent added ? reconcile(added.getMailboxPath()) : Mono.empty();
    }

    private static long modSeq(Added added, MessageUid uid) {
        return added.getMetaData(uid).getModSeq().asLong();
    }

    private Mono<Void> reconcile(MailboxPath path) {
        return index.knows(path.getUser()).flatMap(known -> known ? index.reconcile(path.getUser()) : Mono.empty());
    }

    /** To be done behind the log of expunges, which raises the mod-sequence. */
    public Publisher<Void> expunged(Expunged event) {
        return index.heard(event.getMailboxPath().getUser(), event.getMailboxId());
    }
}

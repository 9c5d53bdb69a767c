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
package io.jamesext.dmap.meta;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.reactivestreams.Publisher;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;

/** Removes blocks with their messages and mailboxes, whichever protocol and node removes these. */
public final class MetaListener implements EventListener.ReactiveGroupEventListener {
    /** A group of James's own class: James reads the names of groups back without the class loader of extensions. */
    private static final Group GROUP = new GenericGroup("dmap-meta");

    private final MetaTable table;

    /** On the table. */
    @Inject
    public MetaListener(MetaTable table) {
        this.table = table;
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Expunged || event instanceof MailboxDeletion;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        if (event instanceof Expunged expunged) {
            return table.remove(expunged.getMailboxId(), expunged.getUids());
        }
        return event instanceof MailboxDeletion deletion ? table.drop(deletion.getMailboxId()) : Mono.empty();
    }
}

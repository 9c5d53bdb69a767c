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

package io.jamesext.urlauth;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

/** Removes the keys of a mailbox with the mailbox, whoever deletes it and by which protocol. */
public final class MailboxKeyRemoval implements EventListener.ReactiveGroupEventListener {
    // A group of James's with a name of ours: its dead letters must be readable where our classes cannot be loaded by name.
    private static final Group GROUP = new GenericGroup("jamesext-urlauth");

    private final MailboxKeys keys;

    public MailboxKeyRemoval(MailboxKeys keys) {
        this.keys = keys;
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof MailboxDeletion;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return event instanceof MailboxDeletion deletion ? keys.removeMailbox(deletion.getMailboxId().serialize()) : Mono.empty();
    }
}

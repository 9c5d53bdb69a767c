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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.reactivestreams.Publisher;

import com.google.inject.Inject;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hears of every message that is removed from its mailbox, and of every mailbox, whichever protocol and node does it: James's event bus
 * gives each event to one node of a group, and again when that fails.
 */
public final class ExpungeListener implements EventListener.ReactiveGroupEventListener {
    /**
     * A group of James's own class: James reads the names of groups back without the class loader of extensions. The name is that of the
     * protocol that had it first, for events may wait under it.
     */
    private static final Group GROUP = new GenericGroup("lemonade-expunge-log");

    private final ExpungeLog log;
    private final List<Function<Expunged, Publisher<Void>>> followers = new CopyOnWriteArrayList<>();

    /** On the log. */
    @Inject
    public ExpungeListener(ExpungeLog log) {
        this.log = log;
    }

    /**
     * Has this done for every expunge from now on, after its tombstone is written and so after the mailbox's mod-sequence has risen; when
     * it fails James gives the event again, tombstone and all.
     */
    public void follow(Function<Expunged, Publisher<Void>> follower) {
        followers.add(follower);
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
            return log.add(expunged.getMailboxId(), expunged.getUids())
                .thenMany(Flux.fromIterable(followers).concatMap(follower -> follower.apply(expunged)))
                .then();
        }
        if (event instanceof MailboxDeletion deletion) {
            return log.drop(deletion.getMailboxId());
        }
        return Mono.empty();
    }
}

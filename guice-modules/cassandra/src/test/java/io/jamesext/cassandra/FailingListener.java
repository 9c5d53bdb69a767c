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

package io.jamesext.cassandra;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener.GroupEventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;

/** A listener that cannot cope with a mailbox named Broken. Named in {@code listeners.xml}. */
public final class FailingListener implements GroupEventListener {
    /** The listener's name among the dead letters. */
    public static final class FailingGroup extends Group {
    }

    @Override
    public Group getDefaultGroup() {
        return new FailingGroup();
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof MailboxAdded;
    }

    @Override
    public void event(Event event) {
        if (event instanceof MailboxAdded added && added.getMailboxPath().getName().equals("Broken")) {
            throw new IllegalStateException("as the test wants it");
        }
    }
}

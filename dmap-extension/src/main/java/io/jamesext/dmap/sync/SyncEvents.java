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
package io.jamesext.dmap.sync;

import java.util.ArrayList;
import java.util.List;

import org.apache.james.events.Registration;

import com.google.inject.Inject;

import io.jamesext.dmap.meta.MetaListener;
import io.jamesext.kernel.expunge.ExpungeListener;
import io.jamesext.kernel.mailbox.GroupListeners;
import reactor.core.publisher.Mono;

/** Has James's events keep the log of expunges and the blocks of messages while there is a DMAP server. */
public final class SyncEvents {
    private final GroupListeners listeners;
    private final ExpungeListener expunges;
    private final MetaListener meta;
    private final List<Registration> registered = new ArrayList<>();

    /** By these listeners. */
    @Inject
    public SyncEvents(GroupListeners listeners, ExpungeListener expunges, MetaListener meta) {
        this.listeners = listeners;
        this.expunges = expunges;
        this.meta = meta;
    }

    /** Before the first server starts. */
    public synchronized void begin() {
        registered.add(listeners.register(expunges));
        registered.add(listeners.register(meta));
    }

    /** After the last one has stopped. Blocks. */
    public synchronized void end() {
        registered.forEach(registration -> Mono.from(registration.unregister()).block());
        registered.clear();
    }
}

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
package io.jamesext.kernel.mailbox;

import java.util.HashMap;
import java.util.Map;

import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;

/**
 * Registers our group listeners with James's event bus: each group once in a process, from the first server that needs it to the last.
 * James takes a group once only, and several protocols need the same tables to be kept.
 */
public final class GroupListeners {
    private final EventBus eventBus;
    private final Map<Group, Shared> registered = new HashMap<>();

    private static final class Shared {
        private final Registration registration;
        private int users = 1;

        private Shared(Registration registration) {
            this.registration = registration;
        }
    }

    /** On James's event bus. */
    @Inject
    public GroupListeners(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** Has the listener hear, unless one of its group does. What it gives must be ended once. */
    public synchronized Registration register(EventListener.GroupEventListener listener) {
        Group group = listener.getDefaultGroup();
        Shared shared = registered.get(group);
        if (shared == null) {
            registered.put(group, new Shared(listener instanceof EventListener.ReactiveGroupEventListener reactive
                ? eventBus.register(reactive)
                : eventBus.register(listener)));
        } else {
            shared.users++;
        }
        return () -> Mono.defer(() -> end(group));
    }

    private synchronized Mono<Void> end(Group group) {
        Shared shared = registered.get(group);
        if (shared == null || --shared.users > 0) {
            return Mono.empty();
        }
        registered.remove(group);
        return Mono.from(shared.registration.unregister());
    }
}

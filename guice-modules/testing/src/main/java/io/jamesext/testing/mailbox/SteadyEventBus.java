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
package io.jamesext.testing.mailbox;

import java.util.Set;

import org.apache.james.events.Event;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.events.EventListener;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.metrics.tests.RecordingMetricFactory;

import reactor.core.publisher.Mono;

/**
 * James's event bus of one process without a race of its own: it goes through the listeners of a mailbox while another connection adds or
 * removes one, and then the operation whose event it is fails with a ConcurrentModificationException.
 */
final class SteadyEventBus extends InVMEventBus {
    private final Object registrations = new Object();

    SteadyEventBus() {
        super(new InVmEventDelivery(new RecordingMetricFactory()), EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION,
            new MemoryEventDeadLetters());
    }

    @Override
    public Mono<Registration> register(EventListener.ReactiveEventListener listener, RegistrationKey key) {
        synchronized (registrations) {
            return super.register(listener, key).map(registration -> () -> Mono.fromRunnable(() -> unregister(registration)));
        }
    }

    private void unregister(Registration registration) {
        synchronized (registrations) {
            Mono.from(registration.unregister()).subscribe();
        }
    }

    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        synchronized (registrations) {
            return super.dispatch(event, keys);
        }
    }
}

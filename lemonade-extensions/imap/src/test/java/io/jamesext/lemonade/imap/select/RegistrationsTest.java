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
package io.jamesext.lemonade.imap.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Listeners that come and go at the same time. */
class RegistrationsTest {
    private static final MailboxId BOX = TestId.of(1);

    private final List<String> bus = new ArrayList<>();
    private Sinks.Empty<Void> binding = ended();
    private Mono<Void> unbinding = Mono.empty();
    private final Registrations registrations = new Registrations((EventBus) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {EventBus.class}, (self, method, arguments) -> register(arguments[0])));

    private static Sinks.Empty<Void> ended() {
        Sinks.Empty<Void> sink = Sinks.empty();
        sink.tryEmitEmpty();
        return sink;
    }

    private Mono<Registration> register(Object listener) {
        bus.add("register " + listener);
        return binding.asMono().thenReturn(() -> Mono.defer(() -> {
            bus.add("unregister " + listener);
            return unbinding;
        }));
    }

    private record Named(String name) implements ReactiveEventListener {
        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.empty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void whoComesShouldWaitForTheOneWhoLeaves() {
        Registration first = registrations.register(new Named("a"), BOX).block();
        Sinks.Empty<Void> unbound = Sinks.empty();
        unbinding = unbound.asMono();
        Mono.from(first.unregister()).subscribe();
        Mono<Registration> second = registrations.register(new Named("b"), BOX).cache();
        second.subscribe();
        registrations.register(new Named("other"), TestId.of(2)).block();
        assertThat(bus).containsExactly("register a", "unregister a", "register other");
        unbound.tryEmitEmpty();
        assertThat(second.block()).isNotNull();
        assertThat(bus).endsWith("register b");
    }

    @Test
    void whoGivesUpShouldStopNothing() {
        binding = Sinks.empty();
        Disposable gone = registrations.register(new Named("a"), BOX).subscribe();
        Disposable goneToo = registrations.register(new Named("b"), BOX).subscribe();
        gone.dispose();
        goneToo.dispose();
        Mono<Registration> third = registrations.register(new Named("c"), BOX).cache();
        third.subscribe();
        assertThat(bus).containsExactly("register a");
        binding.tryEmitEmpty();
        assertThat(third.block()).isNotNull();
        assertThat(bus).containsExactly("register a", "register b", "register c");
    }

    @Test
    void failuresShouldBeTheOwnOnly() {
        binding = Sinks.empty();
        binding.tryEmitError(new IllegalStateException("not bound"));
        assertThatThrownBy(() -> registrations.register(new Named("a"), BOX).block()).hasMessage("not bound");
        binding = ended();
        Registration made = registrations.register(new Named("b"), BOX).block();
        unbinding = Mono.error(new IllegalStateException("not unbound"));
        Mono.from(made.unregister()).block();
        assertThat(registrations.register(new Named("c"), BOX).block()).isNotNull();
    }
}

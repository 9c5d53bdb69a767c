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
package io.jamesext.cassandra.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.commons.configuration2.Configuration;
import org.apache.james.backends.rabbitmq.ReactorRabbitMQChannelPool;
import org.apache.james.core.Username;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RabbitMQEventBus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.cassandra.ids.CassandraId;
import org.apache.james.mailbox.cassandra.ids.CassandraMessageId;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.QuotaRootDeserializer;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import com.rabbitmq.client.Channel;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.rabbitmq.OutboundMessage;
import reactor.rabbitmq.Sender;

/** The event buses of two nodes on one RabbitMQ, which is restarted under them. */
class EventBusModuleTest {
    private static final CassandraId MAILBOX = CassandraId.timeBased();
    private static final MailboxIdRegistrationKey KEY = new MailboxIdRegistrationKey(MAILBOX);
    private static final Username BOB = Username.of("bob@example.org");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final class IndexGroup extends Group {
    }

    /** Remembers what it hears. */
    private record Hearing(Queue<Event> events) implements EventListener.ReactiveGroupEventListener {
        Hearing() {
            this(new ConcurrentLinkedQueue<>());
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(() -> events.add(event));
        }

        @Override
        public Group getDefaultGroup() {
            return new IndexGroup();
        }
    }

    /** As much of a James as the event bus needs. */
    private record Node(Injector injector) implements AutoCloseable {
        static Node on(OwnRabbitMq rabbitMq) {
            Injector injector = Guice.createInjector(Modules.override(new ConnectionModule()).with(new AbstractModule() {
                @Override
                protected void configure() {
                    bind(Key.get(Configuration.class, Names.named("rabbitmq"))).toInstance(rabbitMq.configuration());
                }
            }), new EventBusModule(), new AbstractModule() {
                @Override
                protected void configure() {
                    bind(MetricFactory.class).toInstance(new RecordingMetricFactory());
                    bind(EventDeadLetters.class).to(MemoryEventDeadLetters.class);
                    bind(MailboxId.Factory.class).toInstance(new CassandraId.Factory());
                    bind(MessageId.Factory.class).toInstance(new CassandraMessageId.Factory());
                    bind(QuotaRootDeserializer.class).toInstance(name -> QuotaRoot.quotaRoot(name, Optional.empty()));
                }
            });
            injector.getInstance(RabbitMQEventBus.class).start();
            return new Node(injector);
        }

        EventBus events() {
            return injector.getInstance(EventBus.class);
        }

        void tell(Event event) {
            events().dispatch(event, Set.of(KEY)).block(PATIENCE);
        }

        /** What is wrong with it. */
        List<String> complaints() {
            return Flux.fromIterable(injector.getInstance(Key.get(new TypeLiteral<Set<HealthCheck>>() { })))
                .concatMap(HealthCheck::check)
                .filter(result -> !result.isHealthy())
                .map(result -> result.getComponentName().getName() + ": " + result.getCause().orElse(""))
                .collectList()
                .block(PATIENCE);
        }

        @Override
        public void close() {
            injector.getInstance(RabbitMQEventBus.class).stop();
            injector.getInstance(LastingConnection.class).close();
        }
    }

    @TempDir
    private static Path folder;
    private static OwnRabbitMq rabbitMq;

    private Node one;
    private Node two;

    @BeforeAll
    static void startRabbitMq() {
        rabbitMq = OwnRabbitMq.start(folder);
    }

    @AfterAll
    static void endRabbitMq() {
        if (rabbitMq != null) {
            rabbitMq.close();
        }
    }

    @BeforeEach
    void startNodes() {
        one = Node.on(rabbitMq);
        two = Node.on(rabbitMq);
    }

    @AfterEach
    void endNodes() {
        one.close();
        two.close();
    }

    @Test
    void keyShouldHearOfTheOtherNode() {
        Hearing hearing = new Hearing();
        Mono.from(one.events().register(hearing, KEY)).block(PATIENCE);

        Event event = event();
        two.tell(event);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hearing.events()).containsExactly(event));
    }

    @Test
    void groupShouldHearOnOneNode() throws Exception {
        Hearing onOne = new Hearing();
        Hearing onTwo = new Hearing();
        one.events().register(onOne, new IndexGroup());
        two.events().register(onTwo, new IndexGroup());

        Event event = event();
        two.tell(event);

        await().atMost(PATIENCE).until(() -> onOne.events().size() + onTwo.events().size() > 0);
        Thread.sleep(500);
        assertThat(onOne.events().size() + onTwo.events().size()).isEqualTo(1);
    }

    @Test
    void channelShouldOpenWhereAConfirmationIsHeard() {
        Sender sender = one.injector().getInstance(Sender.class);
        ReactorRabbitMQChannelPool channels = one.injector().getInstance(ReactorRabbitMQChannelPool.class);

        // The confirmed message holds its channel until this is done, so that another one must be opened.
        Channel second = sender.sendWithPublishConfirms(Mono.just(new OutboundMessage("", "nowhere", new byte[0])))
            .flatMap(confirmed -> channels.getChannelMono())
            .blockLast(PATIENCE);

        assertThat(second.isOpen()).isTrue();
        channels.getChannelCloseHandler().accept(SignalType.ON_COMPLETE, second);
    }

    @Test
    void keysAndGroupsShouldHearAfterRabbitMqWasStopped() {
        hearingShouldSurvive(() -> {
            rabbitMq.stop();
            rabbitMq.startAgain();
        });
    }

    @Test
    void keysAndGroupsShouldHearAfterRabbitMqWasKilled() {
        hearingShouldSurvive(() -> {
            rabbitMq.kill();
            rabbitMq.startAgain();
        });
    }

    @Test
    void healthShouldTellThatRabbitMqIsAway() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(one.complaints()).isEmpty());

        rabbitMq.stop();
        assertThat(one.complaints()).isNotEmpty();

        rabbitMq.startAgain();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(one.complaints()).isEmpty());
    }

    private void hearingShouldSurvive(Runnable restart) {
        Hearing byKey = new Hearing();
        Hearing byGroup = new Hearing();
        Mono.from(one.events().register(byKey, KEY)).block(PATIENCE);
        one.events().register(byGroup, new IndexGroup());

        restart.run();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(one.complaints()).isEmpty();
            assertThat(two.complaints()).isEmpty();
        });
        Event event = event();
        two.tell(event);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(byKey.events()).containsExactly(event);
            assertThat(byGroup.events()).containsExactly(event);
        });
    }

    private static Event event() {
        return new MailboxAdded(MailboxSession.SessionId.of(42), BOB, MailboxPath.inbox(BOB), MAILBOX, Event.EventId.random());
    }
}

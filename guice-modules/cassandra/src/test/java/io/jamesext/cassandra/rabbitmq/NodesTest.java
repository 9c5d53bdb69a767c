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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.james.GuiceJamesServer;
import org.apache.james.core.MailAddress;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.util.MimeMessageUtil;
import org.apache.james.utils.GuiceProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.inject.Inject;
import com.google.inject.multibindings.Multibinder;

import io.jamesext.cassandra.CassandraJamesServerMain;
import io.jamesext.cassandra.Conversation;
import io.jamesext.cassandra.TestKeyspace;
import io.jamesext.cassandra.TestServer;
import io.jamesext.cassandra.WebAdminClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Whole servers on one Cassandra and one RabbitMQ, which goes away and comes back. */
class NodesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ALICE = "alice@example.org";
    private static final String ERRORS = "var%2Fmail%2Ferror";
    private static final String RECOMPUTATION = "/mailboxes?task=RecomputeMailboxCounters";

    /** What a test sees of the inside of a node. */
    static final class Inside implements GuiceProbe {
        private final MailQueueFactory<?> queues;
        private final LastingConnection connection;

        @Inject
        Inside(MailQueueFactory<?> queues, LastingConnection connection) {
            this.queues = queues;
            this.connection = connection;
        }

        /** One that no mailet container takes mail from. */
        MailQueue heldQueue() {
            return queues.createQueue(MailQueueName.of("held"));
        }

        /** Nothing that was not acknowledged will be. */
        void disconnect() {
            connection.close();
        }
    }

    private record Node(TestServer server, GuiceJamesServer james) implements AutoCloseable {
        static Node start(String name) throws Exception {
            TestServer server = TestServer.layOut(folder.resolve(name), KEYSPACE);
            Files.write(server.folder().resolve("conf/rabbitmq.properties"), List.of("uri=" + rabbitMq.uri(),
                "management.uri=" + rabbitMq.managementUri(), "management.user=guest", "management.password=guest"));
            GuiceJamesServer james = CassandraJamesServerMain.server(
                    Configuration.builder().workingDirectory(server.folder().toFile()).build())
                .combineWith(binder -> Multibinder.newSetBinder(binder, GuiceProbe.class).addBinding().to(Inside.class));
            james.start();
            return new Node(server, james);
        }

        WebAdminClient webAdmin() {
            return new WebAdminClient(server.webAdmin());
        }

        Inside inside() {
            return james.getProbe(Inside.class);
        }

        /** Degraded is no matter: what an outage has left, the operator has to look through. */
        void awaitHealth() {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(webAdmin().health()).doesNotContain("unhealthy"));
        }

        @Override
        public void close() {
            james.stop();
        }
    }

    private static final String KEYSPACE = TestKeyspace.newName();

    @TempDir
    private static Path folder;
    private static OwnRabbitMq rabbitMq;
    private static Node one;
    private static Node two;

    @BeforeAll
    static void start() throws Exception {
        rabbitMq = OwnRabbitMq.start(folder.resolve("rabbitmq"));
        one = Node.start("one");
        two = Node.start("two");
        one.webAdmin().put("/users/" + ALICE, "{\"password\":\"secret\"}");
    }

    @AfterAll
    static void end() {
        for (AutoCloseable started : new AutoCloseable[] {two, one, rabbitMq}) {
            try {
                if (started != null) {
                    started.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void taskShouldBeAwaitedOnTheOtherNode() throws Exception {
        String ofOne = one.webAdmin().start("POST", RECOMPUTATION, "");
        assertThat(two.webAdmin().end(ofOne)).contains(ofOne);

        String ofTwo = two.webAdmin().start("POST", RECOMPUTATION, "");
        assertThat(one.webAdmin().end(ofTwo)).contains(ofTwo);
        assertThat(one.webAdmin().get("/tasks")).contains(ofOne, ofTwo);
    }

    @Test
    void mailThatANodeHadTakenWhenItDiedShouldComeToTheOther() throws Exception {
        BlockingQueue<MailQueueItem> taken = new LinkedBlockingQueue<>();
        Node dying = Node.start("dying");
        dying.inside().heldQueue().enQueue(MailImpl.builder().name("held").sender("sender@example.com")
            .addRecipient(new MailAddress(ALICE))
            .mimeMessage(MimeMessageUtil.mimeMessageFromString("Subject: held\r\n\r\nnot to be lost\r\n"))
            .build());
        Flux.from(dying.inside().heldQueue().deQueue()).subscribe(taken::add);
        assertThat(taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();

        dying.inside().disconnect();
        Disposable dequeuing = Flux.from(two.inside().heldQueue().deQueue()).subscribe(taken::add);
        MailQueueItem again = taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(again).isNotNull();
        assertThat(again.getMail().getName()).isEqualTo("held");
        again.done(MailQueueItem.CompletionStatus.SUCCESS);
        dequeuing.dispose();
        dying.close();
    }

    @Test
    void mailShouldBeRefusedForAWhileWhenRabbitMqIsAway() throws Exception {
        one.awaitHealth();
        two.awaitHealth();
        try (Conversation smtp = Conversation.open(two.server().smtp()); Conversation imap = Conversation.open(one.server().imap())) {
            smtp.smtp("EHLO test", "250");
            smtp.deliver(ALICE, "accepted before");
            rabbitMq.kill();
            assertThat(one.webAdmin().health()).contains("\"status\":\"unhealthy\"", "RabbitMQ backend");
            smtp.smtp("MAIL FROM:<sender@example.com>", "250");
            smtp.smtp("RCPT TO:<" + ALICE + ">", "250");
            smtp.smtp("DATA", "354");
            smtp.smtp("Subject: not now\r\n\r\ntext\r\n.", "451");

            rabbitMq.startAgain();
            one.awaitHealth();
            two.awaitHealth();
            smtp.deliver(ALICE, "accepted after");
            // As an operator does: a mail that could not be announced is in the error repository, and the event in the dead letters.
            one.webAdmin().task("POST", "/events/deadLetter?action=reDeliver", "");
            one.webAdmin().task("PATCH", "/mailRepositories/" + ERRORS + "/mails?action=reprocess", "");
            imap.imap("LOGIN " + ALICE + " secret");
            await().atMost(PATIENCE).untilAsserted(() -> {
                imap.imap("SELECT INBOX");
                assertThat(imap.imap("FETCH 1:* BODY[HEADER.FIELDS (SUBJECT)]")).contains("accepted before", "accepted after");
            });
        }
    }
}

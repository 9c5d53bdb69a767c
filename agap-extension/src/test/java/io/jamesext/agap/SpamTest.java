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
package io.jamesext.agap;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.james.events.Event;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.events.MessageMoveEvent;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.store.event.SpamEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What a listener of the kind that James's learners are gets from James's bus. */
@BothBackends
class SpamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private AgapTestServer server;
    private Registration registration;
    private final Learner learner = new Learner();

    /** As RspamdListener of James 3.8.1: whatever is moved to the Spam mailbox is spam, and its content is read by its identifier. */
    private final class Learner implements SpamEventListener {
        private final List<String> learnt = new CopyOnWriteArrayList<>();

        /** Known by its class to James. */
        static final class LearnerGroup extends Group {
        }

        @Override
        public Group getDefaultGroup() {
            return new LearnerGroup();
        }

        @Override
        public boolean isHandling(Event event) {
            return event instanceof MessageMoveEvent;
        }

        @Override
        public void event(Event event) throws Exception {
            TestJames james = server.james();
            MessageMoveEvent moved = (MessageMoveEvent) event;
            MessageManager spam = james.mailboxManager().getMailbox(MailboxPath.forUser(moved.getUsername(), "Spam"),
                james.session(moved.getUsername()));
            if (moved.isMoveTo(spam.getId())) {
                for (MessageResult message : james.messageIdManager().getMessages(moved.getMessageIds(), FetchGroup.FULL_CONTENT,
                        james.session(moved.getUsername()))) {
                    learnt.add(new String(message.getFullContent().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        registration = server.james().eventBus().register(learner);
    }

    @AfterEach
    void stop() {
        Mono.from(registration.unregister()).block();
        server.close();
    }

    private void shouldHaveLearnt(int messages) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (learner.learnt.size() < messages && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(learner.learnt).hasSize(messages);
    }

    @Test
    void aReportedMessageShouldBeLearntAndStay() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            assertThat(client.command("SPAM 00000003 header/subject")).containsExactly("200 OK Message added to the spam database");
            shouldHaveLearnt(1);
            assertThat(learner.learnt.get(0)).contains("Subject: Newsletter 3");
            assertThat(client.find("")).hasSize(4);
        }
    }

    @Test
    void whatIsRefusedShouldNotBeLearnt() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            client.command("SPAM 00000099");
            client.command("SPAM 00000001 header/x-none");
            assertThat(client.command("SPAM 00000001")).containsExactly("200 OK Message added to the spam database");
            shouldHaveLearnt(1);
        }
    }

    @Test
    void aMessageThatLiesInSpamShouldBeLearntToo() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            server.james().append(ALICE, "Spam", AgapTestServer.newsletter(9));
            client.command("SLCT /JUNK");
            String uid = client.find("").get(0).substring(1);
            assertThat(client.command("SPAM " + uid)).containsExactly("200 OK Message added to the spam database");
            shouldHaveLearnt(1);
            assertThat(learner.learnt.get(0)).contains("Subject: Newsletter 9");
        }
    }

    @Test
    void theSpamMailboxShouldBeMadeAgainWhereItIsMissing() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            server.james().mailboxManager().deleteMailbox(MailboxPath.forUser(ALICE, "Spam"), server.james().session(ALICE));
            assertThat(client.command("SPAM 00000001")).containsExactly("200 OK Message added to the spam database");
            shouldHaveLearnt(1);
        }
    }
}

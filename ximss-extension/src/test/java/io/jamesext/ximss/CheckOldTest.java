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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** Clients that replace the same message at once. XIMSS, "Message Operations", messageAppend, checkOld. */
@BothBackends
class CheckOldTest {
    private static final int CLIENTS = 3;
    private static final int ROUNDS = 25;
    private static final Pattern ADDED = Pattern.compile("<messageAdded id=\"R\" folder=\"INBOX\" UID=\"(\\d+)\"/>");

    @TempDir
    Path folder;
    private XimssTestServer server;
    private final List<XimssTestClient> clients = new ArrayList<>();

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        for (int i = 0; i < CLIENTS; i++) {
            XimssTestClient client = server.client().logIn();
            client.send("<folderOpen id=\"O\" folder=\"INBOX\"><field>UID</field></folderOpen>\0");
            client.readUntil("<response id=\"O\"");
            clients.add(client);
        }
    }

    @AfterEach
    void tearDown() throws Exception {
        for (XimssTestClient client : clients) {
            client.close();
        }
        server.close();
    }

    /** What the client is told: the new UID, or the failure. */
    private static String replace(XimssTestClient client, long uid) throws Exception {
        client.send("<messageAppend id=\"R\" folder=\"INBOX\" replacesUID=\"" + uid + "\" checkOld=\"yes\" report=\"uid\"><EMail/>"
            + "</messageAppend>\0");
        String added = "";
        for (String message = client.read(); ; message = client.read()) {
            if (message.startsWith("<response id=\"R\"")) {
                return added.isEmpty() ? message : added;
            }
            Matcher found = ADDED.matcher(message);
            added = found.matches() ? found.group(1) : added;
        }
    }

    private List<Long> uids() throws Exception {
        MailboxSession alice = server.james.session(TestJames.ALICE);
        return Flux.from(server.james.mailboxManager().getMailbox(MailboxPath.inbox(alice), alice)
            .listMessagesMetadata(MessageRange.all(), alice)).map(message -> message.getComposedMessageId().getUid())
            .map(MessageUid::asLong).collectList().block();
    }

    @Test
    void exactlyOneOfSeveralShouldReplaceAMessage() throws Exception {
        long old = server.james.append(TestJames.ALICE, "INBOX", "Subject: draft\n\nText\n");
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long uid = old;
                List<Callable<String>> attempts = new ArrayList<>();
                clients.forEach(client -> attempts.add(() -> replace(client, uid)));
                List<String> answers = new ArrayList<>();
                for (Future<String> answer : threads.invokeAll(attempts)) {
                    answers.add(answer.get());
                }
                List<String> won = answers.stream().filter(answer -> !answer.startsWith("<")).toList();
                assertThat(won).as("round %d: %s", round, answers).hasSize(1);
                assertThat(answers).as("round %d", round).filteredOn(answer -> answer.startsWith("<"))
                    .allMatch(answer -> answer.matches(".*errorNum=\"(550|554)\".*"));
                old = Long.parseLong(won.get(0));
                assertThat(uids()).as("round %d", round).containsExactly(old);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

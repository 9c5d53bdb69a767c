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

package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client does not take is not produced: FETCH of a body sets \Seen, which shows how far the server has come. */
class BackPressureTest {
    private static final int MESSAGES = 50;
    private static final int BODY_BYTES = 1 << 20;
    /** Both sockets' buffers and Netty's hold some. */
    private static final int AHEAD = 10;

    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        // One command at a time: a slot that is not given back stops everybody.
        server = ImapTestServer.start("<concurrentRequests>1</concurrentRequests><maxQueueSize>10</maxQueueSize>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws Exception {
        MailboxSession session = server.session(ImapTestServer.ALICE);
        MailboxPath path = MailboxPath.forUser(ImapTestServer.ALICE, "large");
        if (server.mailboxManager().list(session).contains(path)) {
            server.mailboxManager().deleteMailbox(path, session);
        }
        server.mailboxManager().createMailbox(path, session);
        MessageManager mailbox = server.mailboxManager().getMailbox(path, session);
        for (int i = 0; i < MESSAGES; i++) {
            mailbox.appendMessage(MessageManager.AppendCommand.builder().build(body(i).getBytes(StandardCharsets.US_ASCII)), session);
        }
    }

    @Test
    void unreadAnswerShouldNotPileUp() throws Exception {
        try (ImapTestClient client = fetching("FETCH 1:* BODY[]")) {
            Thread.sleep(1000);
            assertThat(seen()).isBetween(1, AHEAD);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(client.until("* " + (i + 1) + " FETCH")).last().asString().endsWith("{" + body(i).length() + "}");
                assertThat(new String(client.octets(body(i).length()), StandardCharsets.US_ASCII)).isEqualTo(body(i));
            }
            assertThat(client.until("a2 ")).last().asString().startsWith("a2 OK");
            assertThat(client.command("a3 NOOP")).last().asString().startsWith("a3 OK");
        }
        assertThat(seen()).isEqualTo(MESSAGES);
    }

    @Test
    void clientThatLeavesShouldEndItsCommand() throws Exception {
        try (ImapTestClient client = fetching("UID FETCH 1:* (BODY[])")) {
            Thread.sleep(500);
        }
        try (ImapTestClient other = server.connectAs(ImapTestServer.BOB)) {
            assertThat(other.command("b1 NOOP")).last().asString().startsWith("b1 OK");
        }
        assertThat(seen()).isLessThanOrEqualTo(AHEAD);
    }

    private static ImapTestClient fetching(String command) throws Exception {
        ImapTestClient client = server.connectAs(ImapTestServer.ALICE);
        client.command("a1 SELECT large");
        return client.write("a2 " + command + "\r\n");
    }

    private static int seen() throws Exception {
        MailboxSession session = server.session(ImapTestServer.ALICE);
        MessageManager mailbox = server.mailboxManager().getMailbox(MailboxPath.forUser(ImapTestServer.ALICE, "large"), session);
        return MESSAGES - (int) mailbox.getMailboxCounters(session).getUnseen();
    }

    private static String body(int number) {
        return "Subject: " + number + "\r\n\r\n" + String.valueOf((char) ('a' + number % 26)).repeat(BODY_BYTES);
    }
}

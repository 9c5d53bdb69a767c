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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.ring.Mode;
import io.jamesext.testing.mailbox.TestJames;

/** Messages that are larger than other literals: draft section 7.3.10. */
class AppendTest {
    private static final int LARGE = 3_000_000;

    @TempDir
    static Path folder;

    private DmapTestServer server;
    private TlsClient client;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder, "<plainAuthDisallowed>false</plainAuthDisallowed>"
            + "<maxMessageBytes>4000000</maxMessageBytes>");
        client = new TlsClient(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private static String message(int octets) {
        return "Subject: Large\r\n\r\n" + "x".repeat(octets - 18);
    }

    private void appendTo(String mailbox, String message, String rest) throws Exception {
        client.send("A1 APPEND " + mailbox + " {" + message.length() + "}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        client.send(message + rest);
    }

    private void expectMessages(long count) throws Exception {
        client.send("Z STATUS INBOX (MESSAGES)\r\n");
        assertThat(client.readUntil("* STATUS")).isEqualTo("* STATUS INBOX (MESSAGES " + count + ")");
        assertThat(client.readLine()).isEqualTo("Z OK STATUS completed");
    }

    @Test
    void largeMessageShouldBeStoredOctetByOctet() throws Exception {
        client.logIn();
        appendTo("INBOX", message(LARGE), "\r\nA2 NOOP\r\n");
        assertThat(client.readLine()).matches("A1 OK \\[APPENDUID \\d+ \\d+] APPEND completed");
        assertThat(client.readLine()).isEqualTo("A2 OK NOOP completed");
        client.select("INBOX");
        client.send("A3 FETCH 5 BODY.PEEK[]\r\n");
        assertThat(client.readLine()).isEqualTo("* 5 FETCH (BODY[] ~{" + LARGE + "}");
        assertThat(client.readLine() + client.readLine() + client.readLine()).isEqualTo(message(LARGE).replace("\r\n", "") + ")");
    }

    /** PROTOCOL.md section 8.3: before anything of it is in a file. */
    @Test
    void plainMessageShouldBeRefusedAtItsFirstTwoOctetsHoweverTheyCome() throws Exception {
        server.services().dime().modes().set(TestJames.ALICE, Mode.CAUTIOUS).block();
        client.logIn();
        client.send("A1 APPEND INBOX {100000}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        client.send("x");
        Thread.sleep(300);
        client.send("x".repeat(999));
        assertThat(client.readLine()).isEqualTo("A1 NO [CANNOT] a plain message is not stored in this account: encrypt it first");
        client.send("x".repeat(99_000) + "\r\nA2 NOOP\r\n");
        assertThat(client.readLine()).isEqualTo("A2 OK NOOP completed");
        expectMessages(4);
    }

    @Test
    void messageShouldNeverBeReadAsCommands() throws Exception {
        client.logIn();
        String commands = "X1 LOGOUT\r\n".repeat(20_000);
        appendTo("MEETING", commands, "\r\nA2 NOOP\r\n");
        assertThat(client.readLine()).isEqualTo("A1 NO [TRYCREATE] no such mailbox");
        assertThat(client.readLine()).isEqualTo("A2 OK NOOP completed");
        expectMessages(4);
    }

    @Test
    void anythingBehindTheMessageShouldBeRefusedAndNothingStored() throws Exception {
        client.logIn();
        appendTo("INBOX", message(100_000), " {3}\r\nA2 NOOP\r\n");
        assertThat(client.readLine()).isEqualTo("A1 BAD expected the end of the command behind the message");
        assertThat(client.readLine()).isEqualTo("A2 OK NOOP completed");
        appendTo("INBOX", message(100_000), "more\r\n");
        assertThat(client.readLine()).isEqualTo("A1 BAD expected the end of the command behind the message");
        expectMessages(4);
    }

    @Test
    void unaskedLiteralBehindTheMessageShouldEndTheConnection() throws Exception {
        client.logIn();
        appendTo("INBOX", message(100_000), " {30000+}\r\n");
        assertThat(client.readAll()).contains("A1 BAD expected the end of the command behind the message\r\n", "* BYE ");
    }

    @Test
    void nulShouldNeedLiteral8() throws Exception {
        client.logIn();
        appendTo("INBOX", message(100_000).replace('x', '\0'), "\r\n");
        assertThat(client.readLine()).isEqualTo("A1 BAD NUL is only in a literal8");
        client.send("A2 APPEND INBOX {5+}\r\nab\0cd\r\n");
        assertThat(client.readLine()).isEqualTo("A2 BAD NUL is only in a literal8");
        client.send("A3 APPEND INBOX ~{100000}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        client.send(message(100_000).replace('x', '\0') + "\r\n");
        assertThat(client.readLine()).startsWith("A3 OK [APPENDUID ");
        expectMessages(5);
    }

    @Test
    void largerMessagesThanAllowedShouldBeRefusedUnread() throws Exception {
        client.send("A0 APPEND INBOX {100000}\r\n");
        assertThat(client.readLine()).isEqualTo("A0 BAD [LIMIT] the literal is too large");
        client.logIn();
        client.send("A1 APPEND INBOX {4000001}\r\nA2 SELECT {100000}\r\nA3 APPEND INBOX {100000+}\r\n");
        assertThat(client.readLine()).isEqualTo("A1 BAD [LIMIT] the literal is too large");
        assertThat(client.readLine()).isEqualTo("A2 BAD [LIMIT] the literal is too large");
        assertThat(client.readAll()).isEqualTo("A3 BAD [LIMIT] the literal is too large\r\n* BYE [LIMIT] the literal is too large\r\n");
    }

    @Test
    void largeLiteralForAnotherArgumentShouldBeRefused() throws Exception {
        client.logIn();
        client.send("A1 APPEND {70000}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        client.send("x".repeat(70_000) + " {3+}\r\nabc\r\n");
        assertThat(client.readLine()).isEqualTo("A1 BAD [LIMIT] the literal is too large");
    }

    @Test
    void clientThatGoesInTheMiddleShouldLeaveNothing() throws Exception {
        client.logIn();
        appendTo("INBOX", message(LARGE), "");
        client.close();
        client = new TlsClient(server.port());
        client.logIn();
        appendTo("INBOX", message(LARGE).substring(0, 1_000_000), "");
        client.shutdownOutput();
        client = new TlsClient(server.port());
        client.logIn();
        expectMessages(4);
    }

    @Test
    void quotaShouldBeKept() throws Exception {
        TestJames james = server.james();
        client.logIn();
        client.select("INBOX");
        james.maxQuotaManager().setMaxStorage(james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(TestJames.ALICE)),
            QuotaSizeLimit.size(50_000));
        appendTo("INBOX", message(100_000), "\r\n");
        assertThat(client.readLine()).isEqualTo("A1 NO [OVERQUOTA] the quota is exceeded");
        client.send("A2 APPEND INBOX {60000}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        client.send(message(60_000) + "\r\n");
        assertThat(client.readLine()).isEqualTo("A2 NO [OVERQUOTA] the quota is exceeded");
        expectMessages(4);
    }

    @Test
    void copyThatExceedsTheQuotaShouldLeaveNothing() throws Exception {
        TestJames james = server.james();
        client.logIn();
        client.select("INBOX");
        james.maxQuotaManager().setMaxMessage(james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(TestJames.ALICE)),
            QuotaCountLimit.count(5));
        // Not one range: the first message alone is within the quota.
        client.send("A1 COPY 1,3 blurdybloop\r\n");
        assertThat(client.readLine()).isEqualTo("A1 NO [OVERQUOTA] the quota is exceeded");
        client.send("A2 STATUS blurdybloop (MESSAGES)\r\n");
        assertThat(client.readLine()).isEqualTo("* STATUS blurdybloop (MESSAGES 0)");
        assertThat(client.readLine()).isEqualTo("A2 OK STATUS completed");
    }
}

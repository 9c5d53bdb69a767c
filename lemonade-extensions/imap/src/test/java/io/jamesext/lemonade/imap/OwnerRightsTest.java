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

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.BothBackends;

/** Rights that an operator has taken from the owner of a mailbox: RFC 4314 section 4. James alone asks for few of them. */
@BothBackends
class OwnerRightsTest {
    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void take(String rights, String mailbox) throws Exception {
        MailboxManager mailboxes = server.james().mailboxManager();
        MailboxSession session = server.james().session(ImapTestServer.ALICE);
        mailboxes.applyRightsCommand(MailboxPath.forUser(session.getUser(), mailbox), MailboxACL.command()
            .key(MailboxACL.OWNER_NEGATIVE_KEY).rights(Rfc4314Rights.deserialize(rights)).asAddition(), session);
    }

    private static String last(ImapTestClient client, String command) throws Exception {
        return client.command(command).stream().reduce((first, second) -> second).orElseThrow();
    }

    private static void make(ImapTestClient client, String mailbox) throws Exception {
        client.command("m1 CREATE " + mailbox);
        client.command("m2 APPEND " + mailbox + " {3+}\r\nA:b");
    }

    @Test
    void aMailboxWithoutInsertAndWriteShouldBeReadAndEmptiedOnly() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            make(client, "fixed");
            take("iwsk", "fixed");

            assertThat(last(client, "a1 APPEND fixed {3+}\r\nA:b")).startsWith("a1 NO [NOPERM]");
            assertThat(last(client, "a2 CREATE fixed.below")).startsWith("a2 NO [NOPERM]");
            client.command("a3 SELECT fixed");
            assertThat(last(client, "a4 STORE 1 +FLAGS (\\Flagged)")).startsWith("a4 NO [NOPERM]");
            assertThat(last(client, "a5 STORE 1 +FLAGS (\\Deleted)")).startsWith("a5 OK");
            client.command("a6 SELECT INBOX");
            assertThat(last(client, "a7 APPEND INBOX {3+}\r\nA:b")).startsWith("a7 OK");
            assertThat(last(client, "a8 COPY 1 fixed")).startsWith("a8 NO [NOPERM]");
            make(client, "other");
            assertThat(last(client, "a9 RENAME other fixed.other")).startsWith("a9 NO [NOPERM]");
            client.command("b1 SELECT fixed");
            assertThat(last(client, "b2 EXPUNGE")).startsWith("b2 OK");
            assertThat(last(client, "b3 STATUS fixed (MESSAGES)")).startsWith("b3 OK");
            assertThat(last(client, "b4 DELETE fixed")).startsWith("b4 OK");
        }
    }

    @Test
    void aMailboxWithoutDeleteShouldStayWithItsMessages() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            make(client, "kept");
            take("tex", "kept");

            client.command("a1 SELECT kept");
            assertThat(last(client, "a2 STORE 1 +FLAGS (\\Deleted)")).startsWith("a2 NO [NOPERM]");
            assertThat(last(client, "a3 EXPUNGE")).startsWith("a3 NO");
            assertThat(last(client, "a4 MOVE 1 INBOX")).startsWith("a4 NO [NOPERM]");
            assertThat(last(client, "a5 DELETE kept")).startsWith("a5 NO [NOPERM]");
            assertThat(last(client, "a6 RENAME kept gone")).startsWith("a6 NO [NOPERM]");
            assertThat(last(client, "a7 STORE 1 +FLAGS (\\Flagged)")).startsWith("a7 OK");
            assertThat(last(client, "a8 COPY 1 INBOX")).startsWith("a8 OK");
        }
    }

    @Test
    void whatIsMadeBelowShouldBeTheOwnersWholly() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            make(client, "parent");
            take("tex", "parent");

            assertThat(last(client, "a1 CREATE parent.child")).startsWith("a1 OK");
            assertThat(last(client, "a2 DELETE parent.child")).startsWith("a2 OK");
        }
    }

    @Test
    void theOwnerShouldNotTakeThemBack() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            make(client, "locked");
            take("tex", "locked");

            for (String identifier : new String[] {"alice@example.org", "-alice@example.org"}) {
                assertThat(last(client, "a1 SETACL locked " + identifier + " lrswipkxtea")).startsWith("a1 NO");
                assertThat(last(client, "a2 DELETEACL locked " + identifier)).startsWith("a2 NO");
            }
            for (String identifier : new String[] {"owner", "-owner", "anyone"}) {
                client.command("a3 SETACL locked " + identifier + " lrswipkxtea");
                client.command("a4 SETACL locked " + identifier + " -tex");
                client.command("a5 DELETEACL locked " + identifier);
            }
            assertThat(last(client, "a6 DELETE locked")).startsWith("a6 NO [NOPERM]");
        }
    }
}

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

package io.jamesext.lemonade.imap.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What the transcripts of the commands on mailboxes cannot show. */
@BothBackends
class FoldersTest {
    private ImapTestServer server;
    private ImapTestClient alice;
    private ImapTestClient bob;

    @BeforeEach
    void start() throws Exception {
        server = ImapTestServer.start("");
        alice = server.connectAs(ImapTestServer.ALICE);
        bob = server.connectAs(ImapTestServer.BOB);
    }

    @AfterEach
    void stop() throws Exception {
        alice.close();
        bob.close();
        server.close();
    }

    @Test
    void capabilitiesShouldBeAdvertised() throws Exception {
        List<String> advertised = List.of(alice.command("a1 CAPABILITY").get(0).split(" "));
        assertThat(advertised).contains("NAMESPACE", "LIST-EXTENDED", "LIST-STATUS", "LIST-MYRIGHTS", "SPECIAL-USE", "CREATE-SPECIAL-USE",
            "CHILDREN", "STATUS=SIZE", "ACL", "QUOTA", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE", "METADATA", "OBJECTID");
        assertThat(advertised).doesNotContain("XLIST", "QUOTASET", "METADATA-SERVER");
    }

    @Test
    void rightsShouldBeThoseOfJames() throws Exception {
        MailboxSession session = server.session(ImapTestServer.ALICE);
        MailboxPath path = MailboxPath.forUser(ImapTestServer.ALICE, "plans");
        alice.command("a1 CREATE plans");
        server.mailboxManager().applyRightsCommand(path, MailboxACL.command().key(MailboxACL.ANYBODY_KEY)
            .rights(MailboxACL.Right.Lookup, MailboxACL.Right.Read).asAddition(), session);
        assertThat(alice.command("a2 GETACL plans")).contains("* ACL \"plans\" \"alice@example.org\" \"lrswipkxteacd\" \"anyone\" \"lr\"");
        assertThat(bob.command("b1 MYRIGHTS #user.alice.plans")).contains("* MYRIGHTS \"#user.alice.plans\" \"lr\"");
        assertThat(bob.command("b2 STATUS #user.alice.plans (MESSAGES)")).contains("* STATUS \"#user.alice.plans\" (MESSAGES 0)");
    }

    @Test
    void wordsOfJamesShouldBeNoIdentifiersForEverybody() throws Exception {
        alice.command("a1 CREATE plans");
        alice.command("a2 SETACL plans authenticated lr");
        alice.command("a3 SETACL plans anybody lr");
        assertThat(bob.command("b1 MYRIGHTS #user.alice.plans")).last().asString().startsWith("b1 NO [NONEXISTENT]");
        assertThat(alice.command("a4 DELETEACL plans anybody")).last().asString().startsWith("a4 OK");
    }

    @Test
    void aLongAnnotationShouldBeRefusedByItsOctets() throws Exception {
        String octets = "ü".repeat(513);
        String latin1 = new String(octets.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(alice.command("a1 SETMETADATA INBOX (/shared/comment {1026+}\r\n" + latin1 + ")")).last().asString()
            .startsWith("a1 NO [METADATA MAXSIZE 1024]");
        assertThat(alice.command("a2 SETMETADATA INBOX (/shared/comment {1024+}\r\n" + latin1.substring(2) + ")")).last().asString()
            .startsWith("a2 OK");
        assertThat(alice.command("a3 GETMETADATA (MAXSIZE 1023) INBOX /shared/comment")).last().asString()
            .startsWith("a3 OK [METADATA LONGENTRIES 1024]");
    }

    @Test
    void brokenOctetsShouldBeSyntaxErrors() throws Exception {
        assertThat(alice.command("a1 SETMETADATA INBOX (/shared/comment {2+}\r\n\u00c3()")).last().asString().startsWith("a1 BAD");
        assertThat(alice.command("a2 CREATE {2+}\r\na\0")).last().asString().startsWith("a2 BAD");
        assertThat(alice.command("a3 CREATE {3+}\r\na\r\n")).last().asString().startsWith("a3 BAD");
        assertThat(alice.command("a4 LIST \"\" " + "a*".repeat(3_000))).last().asString().startsWith("a4 NO [LIMIT]");
        assertThat(alice.command("a9 SETMETADATA INBOX (/shared/comment {65537+}\r\n" + "x".repeat(65_537) + ")")).last().asString()
            .startsWith("a9 BAD");
        assertThat(alice.command("a5 CREATE " + "a".repeat(201))).last().asString().startsWith("a5 NO [CANNOT]");
        assertThat(alice.command("a6 CREATE a.b")).last().asString().startsWith("a6 OK");
        assertThat(alice.command("a7 RENAME a " + "a".repeat(199))).last().asString().startsWith("a7 NO [CANNOT]");
        assertThat(alice.command("a8 LIST \"\" a*")).hasSize(3);
    }

    @Test
    void listShouldBeFastWithManyMailboxes() throws Exception {
        MailboxSession session = server.session(ImapTestServer.ALICE);
        int count = System.getProperty("jamesext.backend", "memory").equals("memory") ? 10_000 : 300;
        for (int i = 0; i < count; i++) {
            server.mailboxManager().createMailbox(MailboxPath.forUser(ImapTestServer.ALICE, "folder" + i / 100 + ".box" + i), session);
        }
        int folders = count / 100;
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(alice.command("a1 LIST \"\" *")).hasSize(count + folders + 2);
            assertThat(alice.command("a2 LIST \"\" % RETURN (CHILDREN SUBSCRIBED)")).hasSize(folders + 2);
            assertThat(alice.command("a3 LIST (SUBSCRIBED RECURSIVEMATCH) \"\" *")).hasSize(1);
        });
    }
}

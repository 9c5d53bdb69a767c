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
import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.mail.MessageFlags;
import reactor.core.publisher.Flux;

/** What Bob gets at Alice's mailbox with each of RFC 4314's rights, and without. */
@BothBackends
class RightsTest {
    private static final String INBOX = "~alice@example.org/INBOX";
    private static final String APPEND = "<messageAppend id=\"R\" targetMailbox=\"" + INBOX + "\"><EMail/></messageAppend>\0";
    private static final String DENIED = "errorNum=\"551\"";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private XimssTestClient bob;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        server.james.append(TestJames.ALICE, "INBOX", "Subject: secret\n\nText\n");
        bob = server.client();
        bob.send("<login id=\"L\" authData=\"bob@example.org\" password=\"secret\"/>\0");
        bob.readUntil("<response id=\"L\"");
    }

    @AfterEach
    void tearDown() throws Exception {
        bob.close();
        server.close();
    }

    private void allow(String rights) throws Exception {
        MailboxSession alice = server.james.session(TestJames.ALICE);
        server.james.mailboxManager().applyRightsCommand(MailboxPath.inbox(TestJames.ALICE),
            MailboxACL.command().forUser(TestJames.BOB).rights(MailboxACL.Rfc4314Rights.deserialize(rights)).asReplacement(), alice);
    }

    private String ask(String request) throws Exception {
        bob.send(request);
        return bob.readUntil("<response");
    }

    private String open() throws Exception {
        return ask("<folderOpen id=\"O\" folder=\"f\" mailbox=\"" + INBOX + "\"><field>Subject</field></folderOpen>\0");
    }

    @Test
    void strangersMailboxShouldNotExist() throws Exception {
        assertThat(open()).contains("errorNum=\"550\"");
        assertThat(ask(APPEND)).contains("errorNum=\"550\"");
    }

    @Test
    void lookupAloneShouldNotBeEnoughToRead() throws Exception {
        allow("l");
        assertThat(open()).contains(DENIED);
        assertThat(ask(APPEND)).contains(DENIED);
    }

    @Test
    void rightThatWasTakenAwayShouldEndTheReading() throws Exception {
        allow("lr");
        assertThat(open()).isEqualTo("<response id=\"O\"/>");
        allow("l");
        assertThat(ask("<folderRead id=\"R\" folder=\"f\" UID=\"1\"/>\0")).contains(DENIED);
    }

    @ParameterizedTest
    @CsvSource({"s, Seen", "t, Deleted", "w, 'Flagged,Answered,Media'"})
    void eachFlagShouldNeedItsRight(String right, String flags) throws Exception {
        String mark = "<messageMark id=\"M\" folder=\"f\" flags=\"" + flags + "\"><UID>1</UID></messageMark>\0";
        allow("lrstweki".replace(right, ""));
        open();
        assertThat(ask(mark)).contains(DENIED);
        allow("lr" + right);
        ask("<folderClose id=\"C\" folder=\"f\"/>\0");
        open();
        assertThat(ask(mark)).isEqualTo("<response id=\"M\"/>");
    }

    @Test
    void expungeAndAppendShouldNeedTheirRights() throws Exception {
        String expunge = "<folderExpunge id=\"E\" folder=\"f\"/>\0";
        allow("lrstwki");
        open();
        assertThat(ask(expunge)).contains(DENIED);
        assertThat(ask(APPEND)).isEqualTo("<response id=\"R\"/>");
        assertThat(ask(APPEND.replace(" targetMailbox=\"" + INBOX, " replacesUID=\"1\" folder=\"f"))).contains(DENIED);
        allow("lrstwke");
        assertThat(ask(expunge)).isEqualTo("<response id=\"E\"/>");
        assertThat(ask(APPEND)).contains(DENIED);
    }

    @Test
    void contactsShouldNeedTheRightsOfMessages() throws Exception {
        String append = "<contactAppend id=\"R\" targetMailbox=\"" + INBOX
            + "\"><vCard><FN>Jane</FN><EMAIL>jane@example.org</EMAIL></vCard></contactAppend>\0";
        String find = "<contactFind id=\"F\" folder=\"f\" peer=\"jane@example.org\"/>\0";
        assertThat(ask(append)).contains("errorNum=\"550\"");
        allow("lrstwke");
        assertThat(ask(append)).contains(DENIED);
        allow("lri");
        assertThat(ask(append)).isEqualTo("<response id=\"R\"/>");
        open();
        bob.send(find);
        // It is bob's, whosever mailbox it is in.
        assertThat(bob.read()).startsWith("<folderMessage id=\"F\"").contains("<From>bob@example.org</From>", "<VALUE>Jane</VALUE>");
        assertThat(bob.read()).isEqualTo("<response id=\"F\"/>");
        assertThat(ask(append.replace(" targetMailbox=\"" + INBOX, " replacesUID=\"1\" folder=\"f"))).contains(DENIED);
        allow("li");
        assertThat(ask(find)).contains(DENIED);
    }

    @Test
    void rightsShouldBeShownToWhoHasThem() throws Exception {
        String get = "<mailboxRightsGet id=\"G\" mailbox=\"" + INBOX + "\"/>\0";
        assertThat(ask(get)).contains("errorNum=\"550\"");
        allow("lrte");
        bob.send(get);
        assertThat(bob.read()).isEqualTo("<mailboxRights id=\"G\" mailbox=\"" + INBOX + "\">lrd</mailboxRights>");
        assertThat(bob.read()).isEqualTo("<response id=\"G\"/>");
    }

    @Test
    void accessControlListShouldBeForAdministrators() throws Exception {
        String list = "<mailboxACLList id=\"L\" mailbox=\"" + INBOX + "\"/>\0";
        String update = "<mailboxACLUpdate id=\"U\" mailbox=\"" + INBOX + "\"><aclElem pattern=\"bob\" mode=\"add\">w</aclElem>"
            + "</mailboxACLUpdate>\0";
        allow("lrswitexk");
        assertThat(ask(list)).contains(DENIED);
        assertThat(ask(update)).contains(DENIED);
        allow("lra");
        bob.send(list);
        assertThat(bob.read()).contains("<aclElem pattern=\"bob\">lra</aclElem>");
        assertThat(bob.read()).isEqualTo("<response id=\"L\"/>");
        // James lets nobody change it but the owner.
        assertThat(ask(update)).contains(DENIED);
    }

    @ParameterizedTest
    @CsvSource({"messageCopy, lr", "messageMove, lrte"})
    void transferShouldNeedItsRights(String verb, String rights) throws Exception {
        String out = "<" + verb + " id=\"T\" folder=\"f\" targetMailbox=\"INBOX\"><UID>1</UID></" + verb + ">\0";
        allow("lr");
        open();
        if (!rights.equals("lr")) {
            assertThat(ask(out)).contains(DENIED);
            allow(rights);
        }
        assertThat(ask(out)).isEqualTo("<response id=\"T\"/>");
        allow("l");
        assertThat(ask(out)).contains(DENIED);
        assertThat(ask("<folderOpen id=\"O\" folder=\"own\" mailbox=\"INBOX\"><field>UID</field></folderOpen>\0"))
            .isEqualTo("<response id=\"O\"/>");
        String in = "<" + verb + " id=\"T\" folder=\"own\" targetMailbox=\"" + INBOX + "\"><UID>1</UID></" + verb + ">\0";
        assertThat(ask(in)).contains(DENIED);
        allow("li");
        assertThat(ask(in)).isEqualTo("<response id=\"T\"/>");
    }

    @Test
    void removalShouldNeedItsRights() throws Exception {
        String remove = "<messageRemove id=\"D\" folder=\"f\"><UID>1</UID></messageRemove>\0";
        allow("lrswit");
        open();
        assertThat(ask(remove)).contains(DENIED);
        allow("lrte");
        assertThat(ask(remove)).isEqualTo("<response id=\"D\"/>");
    }

    @Test
    void reopeningShouldNeedTheRightToRead() throws Exception {
        allow("lr");
        open();
        allow("l");
        assertThat(ask("<folderReopen id=\"P\" folder=\"f\" sortField=\"UID\"/>\0")).contains(DENIED);
    }

    /** RFC 4314 section 4: new messages have the flags that the user may set, however they come. */
    @ParameterizedTest
    @CsvSource({"li, Recent", "lis, 'Seen,Recent'", "liw, 'Flagged,Recent,Media'", "list, 'Seen,Deleted,Recent'"})
    void newMessagesShouldHaveNoOtherFlags(String rights, String flags) throws Exception {
        allow(rights);
        String all = "flags=\"Seen,Deleted,Flagged,Media\"";
        assertThat(ask(APPEND.replace(" targetMailbox", " " + all + " targetMailbox"))).isEqualTo("<response id=\"R\"/>");
        assertThat(ask("<messageAppend id=\"A\" targetMailbox=\"INBOX\" " + all + "><EMail/></messageAppend>\0"))
            .isEqualTo("<response id=\"A\"/>");
        ask("<folderOpen id=\"O\" folder=\"own\" mailbox=\"INBOX\"><field>UID</field></folderOpen>\0");
        assertThat(ask("<messageCopy id=\"C\" folder=\"own\" targetMailbox=\"" + INBOX + "\"><UID>1</UID></messageCopy>\0"))
            .isEqualTo("<response id=\"C\"/>");
        MailboxSession alice = server.james.session(TestJames.ALICE);
        assertThat(Flux.from(server.james.mailboxManager().getMailbox(MailboxPath.inbox(alice), alice)
                .listMessagesMetadata(MessageRange.from(MessageUid.of(2)), alice)).collectList().block())
            .hasSize(2)
            .allSatisfy(message -> assertThat(MessageFlags.of(message.getFlags()).asText()).isEqualTo(flags));
    }

    /** Not by any name, and not by a message either: the same refusal whether Alice has such a file or not. */
    @ParameterizedTest
    @ValueSource(strings = {"~alice@example.org/secret.txt", "/~alice@example.org/secret.txt", "~alice/secret.txt",
        "~alice@example.org/none"})
    void filesShouldBeTheirOwnersOnly(String name) throws Exception {
        try (XimssTestClient alice = server.client()) {
            alice.send("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0");
            alice.readUntil("<response id=\"L\"");
            alice.send("<fileWrite id=\"W\" fileName=\"secret.txt\">secret</fileWrite>\0");
            assertThat(alice.readUntil("<response")).isEqualTo("<response id=\"W\"/>");
            for (String request : List.of("<fileRead id=\"F\" fileName=\"%s\"/>", "<fileWrite id=\"F\" fileName=\"%s\"/>",
                "<fileRemove id=\"F\" fileName=\"%s\"/>", "<fileDirCreate id=\"F\" fileName=\"%s\"/>",
                "<fileList id=\"F\" fileName=\"%s\"/>",
                "<fileList id=\"F\" directory=\"%s\"/>", "<messageAppend id=\"F\" targetMailbox=\"INBOX\"><EMail>"
                    + "<MIME type=\"image\" subtype=\"gif\" fileName=\"%s\"/></EMail></messageAppend>")) {
                assertThat(ask(request.formatted(name) + "\0")).as(request).contains(DENIED);
            }
            assertThat(ask("<fileRead id=\"F\" fileName=\"secret.txt\"/>\0")).contains("errorNum=\"550\"");
            assertThat(ask("<fileList id=\"F\"/>\0")).isEqualTo("<response id=\"F\"/>");
            alice.send("<fileRead id=\"R\" fileName=\"secret.txt\"/>\0");
            assertThat(alice.read()).contains(">secret</fileData>");
        }
    }
}

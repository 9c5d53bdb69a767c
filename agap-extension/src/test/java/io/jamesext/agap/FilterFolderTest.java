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

import java.nio.file.Path;
import java.util.Map;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.testing.mailbox.BothBackends;

/** Filter folders: their filters are stored, checked, and find in other folders. */
@BothBackends
class FilterFolderTest {
    @TempDir
    static Path folder;

    private AgapTestServer server;

    @BeforeEach
    void open() throws Exception {
        server = AgapTestServer.open(folder);
        MailboxManager mailboxes = server.james().mailboxManager();
        MailboxSession session = server.james().session(ALICE);
        for (Map.Entry<String, String> mailbox : Map.of("New-messages", "IPF.AGAP.Filter", "Only-folders", "IPF.AGAP.Folder").entrySet()) {
            MailboxPath path = MailboxPath.forUser(ALICE, mailbox.getKey());
            mailboxes.createMailbox(path, session);
            new MailboxClasses(mailboxes).set(path, mailbox.getValue(), session).block();
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Section 7.13 without MAKE; the folder must be selected before STOR, and only INBOX is searched. */
    @Test
    void figure155ShouldFindAndGiveItsFilter() {
        server.play("""
            # state: authenticated
            C: STAG 00000002 + SEEN
            S: 200 OK STAG completed
            C: SLCT /New-messages
            S: 200 OK Folder selected
            # Section 4.22: without a filter only the code
            C: FIND
            S: 200 OK FIND completed (0 matches)
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER>
            C: <FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS>
            C: <RULES>
            C: <AND><NOT><TAG>SEEN</TAG></NOT></AND>
            C: </RULES>
            C: </FILTER>
            C:
            S: 200 OK Filter stored
            C: FIND
            S: .00000001 /INBOX
            S: .00000003 /INBOX
            S: .00000004 /INBOX
            S: 200 OK FIND completed (3 matches)
            C: RETR
            S: .<FILTER>
            S: .<FOLDERS>
            S: .<FOLDER>/INBOX</FOLDER>
            S: .</FOLDERS>
            S: .<RULES>
            S: .<AND>
            S: .<NOT>
            S: .<TAG>SEEN</TAG>
            S: .</NOT>
            S: .</AND>
            S: .</RULES>
            S: .</FILTER>
            S: 200 OK RETR completed
            """);
    }

    @Test
    void aNewFilterShouldTakeThePlaceOfTheOldOne() {
        server.play("""
            # state: authenticated
            C: SLCT /CONTACT
            S: 200 OK Folder selected
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <VCARD><VERSION>3.0</VERSION><FN>Anonymous</FN><N>Anonymous;;;;</N><ORG>Orga9</ORG></VCARD>
            C:
            S: 200 OK Contact stored (UID is ${contact})
            C: SLCT /New-messages
            S: 200 OK Folder selected
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS><RULES><UID>00000001</UID></RULES></FILTER>
            C:
            S: 200 OK Filter stored
            C: FIND
            S: .00000001 /INBOX
            S: 200 OK FIND completed (1 match)
            # Several folders and types; what is not there is left out. Each folder once, in the filter's order
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><ABOUT>Two types</ABOUT><FOLDERS><FOLDER>/CONTACT</FOLDER><FOLDER>/missing</FOLDER>
            C: <FOLDER> /INBOX </FOLDER><FOLDER>/CONTACT</FOLDER></FOLDERS><RULES><OR>
            C: <IS PATH="/VCARD/FN" OP="=">Anonymous</IS>
            C: <REGEX PATH="header/subject" OP="=">^News.*[13]$</REGEX>
            C: </OR></RULES></FILTER>
            C:
            S: 200 OK Filter stored
            C: FIND
            S: .${contact} /CONTACT
            S: .00000001 /INBOX
            S: .00000003 /INBOX
            S: 200 OK FIND completed (3 matches)
            """);
    }

    @Test
    void aFilterThatCannotFindShouldBeRefusedAndChangeNothing() {
        server.play("""
            # state: authenticated
            C: SLCT /New-messages
            S: 200 OK Folder selected
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS><RULES><UID>00000003</UID></RULES></FILTER>
            C:
            S: 200 OK Filter stored
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS><RULES></RULES></FILTER>
            C:
            S: 511 .*
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS><RULES><REGEX PATH="a" OP="=">(</REGEX></RULES></FILTER>
            C:
            S: 511 INVALID filter definition (regular expression: ) is missing)
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><FOLDERS><FOLDER>/INBOX</FOLDER><FOLDER>/New-messages</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES></FILTER>
            C:
            S: 511 INVALID filter definition (FILT and FOLD folders cannot be searched)
            C: STOR
            S: 110 OK Send the item ended with an empty line
            C: <FILTER><FOLDERS><FOLDER>/Only-folders</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES></FILTER>
            C:
            S: 511 INVALID filter definition (FILT and FOLD folders cannot be searched)
            C: FIND
            S: .00000003 /INBOX
            S: 200 OK FIND completed (1 match)
            """);
    }

    @Test
    void aFolderThatBecameAFilterShouldNotBeSearched() throws Exception {
        try (AgapClient client = new AgapClient(server.connect())) {
            client.logIn();
            client.command("SLCT /New-messages");
            client.command("STOR");
            assertThat(client.command("<FILTER><FOLDERS><FOLDER>/INBOX</FOLDER><FOLDER>/WORK</FOLDER></FOLDERS>"
                + "<RULES><TAG>NEW</TAG></RULES></FILTER>\r\n")).containsExactly("200 OK Filter stored");
            assertThat(client.command("FIND")).hasSize(5);
            MailboxManager mailboxes = server.james().mailboxManager();
            new MailboxClasses(mailboxes).set(MailboxPath.forUser(ALICE, "WORK"), "IPF.AGAP.Filter", server.james().session(ALICE)).block();

            assertThat(client.command("FIND")).containsExactly("511 INVALID filter definition (FILT and FOLD folders cannot be searched)");
        }
    }
}

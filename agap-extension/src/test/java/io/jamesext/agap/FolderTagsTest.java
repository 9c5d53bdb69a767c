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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.testing.mailbox.BothBackends;

/** Section 2.10.2: how folders have their tags. What each of them forbids is in {@link FolderTagRefusalsTest}. */
@BothBackends
class FolderTagsTest {
    private static final String UID = "00000001";

    @TempDir
    static Path folder;

    private static AgapTestServer server;
    private static AgapClient client;
    private static MailboxSession session;
    private static int folders;

    @BeforeAll
    static void start() throws Exception {
        server = AgapTestServer.open(folder);
        client = new AgapClient(server.connect());
        client.logIn();
        session = server.james().session(ALICE);
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    /** A new folder with an item. */
    private static String make() throws Exception {
        String name = "F" + folders++;
        server.james().mailboxManager().createMailbox(MailboxPath.forUser(ALICE, name), session);
        server.james().append(ALICE, name, AgapTestServer.newsletter(1));
        return "/" + name;
    }

    private static Folder find(String path) {
        return server.services().folders().find(FolderPath.parse(path, Optional.empty()), session).block();
    }

    private static String tags(String path) throws Exception {
        client.command("SLCT " + path);
        return client.command("STAT").stream().filter(line -> line.startsWith(".TAGS")).findFirst().orElseThrow().substring(5).strip();
    }

    @Test
    void statShouldTellThem() throws Exception {
        String path = make();
        assertThat(tags(path)).isEmpty();

        for (FolderTag tag : FolderTag.values()) {
            server.set(tag, path);
        }

        assertThat(tags(path)).isEqualTo("RESERVED NO-FOLDERS NO-COPY NO-DELETE NO-DELF NO-MOVE NO-RENAME READ-ONLY PUBLIC");
        for (FolderTag tag : FolderTag.values()) {
            server.services().tags().unset(tag, find(path), session).block();
        }
        assertThat(tags(path)).isEmpty();
    }

    @Test
    void aTagShouldStayWithAFolderThatIsRenamed() throws Exception {
        String path = make();
        server.set(FolderTag.NO_COPY, path);

        client.command("SLCT " + path);
        client.command("NAME of-another-name-" + folders);

        assertThat(tags("/of-another-name-" + folders)).isEqualTo("NO-COPY");
        assertThat(client.command("MAKE MESG " + path)).containsExactly("200 OK Folder created");
        assertThat(tags(path)).isEmpty();
    }

    @Test
    void onlyPublicShouldBeInherited() throws Exception {
        String path = make();
        for (FolderTag tag : EnumSet.of(FolderTag.PUBLIC, FolderTag.NO_COPY, FolderTag.NO_DELETE, FolderTag.NO_RENAME)) {
            server.set(tag, path);
        }

        assertThat(client.command("MAKE CALE " + path + "/below")).containsExactly("200 OK Folder created");

        assertThat(tags(path + "/below")).isEqualTo("PUBLIC");
    }

    @Test
    void aFolderWithNoDelfShouldBeEmptiedAndStayWithItsSubfolders() throws Exception {
        String path = make();
        client.command("MAKE MESG " + path + "/below");
        server.set(FolderTag.NO_DELF, path);

        client.command("SLCT " + path);
        assertThat(client.command("DELF")).containsExactly("200 OK The folder was emptied, for it has the tag NO-DELF");

        assertThat(client.command("STAT")).containsExactly("512 ERROR First select a folder");
        client.command("SLCT " + path);
        assertThat(client.find("")).isEmpty();
        assertThat(client.command("LIST")).containsExactly(".MESG " + path + "/below", "200 OK LIST completed (1 match)");
    }

    /** Section 2.10.2: "the non-folder content will gone be deleted but not the folder"; of a FILT folder that is its filter. */
    @ParameterizedTest
    @ValueSource(strings = {"FILT", "FOLD"})
    void aFolderWithoutItemsShouldBeEmptiedTooWhenItHasNoDelf(String type) throws Exception {
        String path = make() + "-" + type;
        client.command("MAKE " + type + " " + path);
        client.command("SLCT " + path);
        if (type.equals("FILT")) {
            client.command("STOR");
            client.command("<FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS><RULES><TAG>SEEN</TAG></RULES></FILTER>\r\n");
        }
        server.set(FolderTag.NO_DELF, path);

        client.command("SLCT " + path);
        assertThat(client.command("DELF")).containsExactly("200 OK The folder was emptied, for it has the tag NO-DELF");

        assertThat(client.command("SLCT " + path)).containsExactly("200 OK Folder selected");
        assertThat(client.command("RETR")).allMatch(line -> line.startsWith("51"));
    }

    /** The draft has no word on NO-DELF below; a folder that must stay needs those above it. */
    @ParameterizedTest
    @EnumSource(value = FolderTag.class, names = {"RESERVED", "NO_DELETE", "NO_DELF"})
    void aTreeWithAFolderThatMustStayShouldStayWhole(FolderTag tag) throws Exception {
        String path = make();
        client.command("MAKE FOLD " + path + "/a");
        client.command("MAKE MESG " + path + "/a/keep");
        client.command("MAKE MESG " + path + "/b");
        server.set(tag, path + "/a/keep");

        client.command("SLCT " + path);
        assertThat(client.command("DELF"))
            .containsExactly("511 ERROR The folder, or one below it, cannot be deleted (it has the tag " + tag + ")");

        assertThat(client.find("")).containsExactly("." + UID);
        assertThat(client.command("LIST"))
            .containsExactly(".FOLD " + path + "/a", ".MESG " + path + "/b", "200 OK LIST completed (2 matches)");
    }

    @Test
    void tagsThatAreSetAtTheSameMomentShouldAllStay() throws Exception {
        String path = make();
        Folder found = find(path);
        List<Thread> operators = EnumSet.of(FolderTag.NO_COPY, FolderTag.NO_MOVE, FolderTag.NO_RENAME, FolderTag.NO_DELF).stream()
            .map(tag -> new Thread(() -> server.services().tags().set(tag, found, session).block())).toList();

        operators.forEach(Thread::start);
        for (Thread operator : operators) {
            operator.join();
        }

        assertThat(tags(path)).isEqualTo("NO-COPY NO-DELF NO-MOVE NO-RENAME");
    }
}

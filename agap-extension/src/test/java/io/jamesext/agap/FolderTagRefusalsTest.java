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
import java.util.Map;
import java.util.Set;

import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.google.common.collect.ImmutableMap;

import io.jamesext.agap.folder.FolderTag;

/** Section 2.10.2: what each tag of a folder forbids, and that it forbids nothing else. */
class FolderTagRefusalsTest {
    private static final String UID = "00000001";
    /** Commands by what forbids them. "FOLDER" is the tagged folder, "OTHER" another one; both have one item. */
    private static final Map<String, Set<FolderTag>> ON_THE_FOLDER = ImmutableMap.<String, Set<FolderTag>>builder()
        .put("RETR " + UID + " header/subject", Set.of())
        .put("GTAG " + UID, Set.of())
        .put("FIND\r\n", Set.of())
        .put("COPY " + UID + " OTHER", EnumSet.of(FolderTag.NO_COPY))
        .put("CPYF OTHER", EnumSet.of(FolderTag.NO_COPY))
        .put("FCPY OTHER\r\n", EnumSet.of(FolderTag.NO_COPY))
        .put("STOR\r\n", EnumSet.of(FolderTag.READ_ONLY))
        .put("DATT " + UID + " 1", EnumSet.of(FolderTag.READ_ONLY))
        .put("STAG " + UID + " + A", EnumSet.of(FolderTag.READ_ONLY))
        .put("FTAG + A\r\n", EnumSet.of(FolderTag.READ_ONLY))
        .put("MAKE MESG FOLDER/below", EnumSet.of(FolderTag.READ_ONLY, FolderTag.NO_FOLDERS))
        .put("NAME NEW", EnumSet.of(FolderTag.RESERVED, FolderTag.NO_RENAME))
        .put("MOVE " + UID + " OTHER", EnumSet.of(FolderTag.NO_MOVE))
        .put("MOVF OTHER", EnumSet.of(FolderTag.NO_MOVE))
        .put("FMOV OTHER\r\n", EnumSet.of(FolderTag.NO_MOVE))
        .put("DELE " + UID, EnumSet.of(FolderTag.NO_DELETE))
        .put("FDEL\r\nUID 0:zzzzzzzzz\r\n", EnumSet.of(FolderTag.NO_DELETE))
        .put("DELF", EnumSet.of(FolderTag.RESERVED, FolderTag.NO_DELETE))
        .build();
    private static final Map<String, Set<FolderTag>> INTO_THE_FOLDER = ImmutableMap.<String, Set<FolderTag>>builder()
        .put("COPY " + UID + " FOLDER", EnumSet.of(FolderTag.READ_ONLY))
        .put("CPYF FOLDER", EnumSet.of(FolderTag.READ_ONLY))
        .put("FCPY FOLDER\r\n", EnumSet.of(FolderTag.READ_ONLY))
        .put("MOVE " + UID + " FOLDER", EnumSet.of(FolderTag.READ_ONLY))
        .put("MOVF FOLDER", EnumSet.of(FolderTag.READ_ONLY))
        .put("FMOV FOLDER\r\n", EnumSet.of(FolderTag.READ_ONLY))
        .build();

    @TempDir
    static Path folder;

    private static AgapTestServer server;
    private static AgapClient client;
    private static int folders;

    @BeforeAll
    static void start() throws Exception {
        server = AgapTestServer.open(folder);
        client = new AgapClient(server.connect());
        client.logIn();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    /** A new folder with an item. */
    private static String make() throws Exception {
        String name = "F" + folders++;
        server.james().mailboxManager().createMailbox(MailboxPath.forUser(ALICE, name), server.james().session(ALICE));
        server.james().append(ALICE, name, AgapTestServer.message("figure-17.eml"));
        return "/" + name;
    }

    /** The last line of what a command gives, its body included. */
    private static String answer(String command, String tagged, String other, boolean onTagged) throws Exception {
        client.command("SLCT " + (onTagged ? tagged : other));
        String text = command.replace("FOLDER", tagged).replace("OTHER", other).replace("NEW", "renamed-" + folders);
        int body = text.indexOf("\r\n");
        List<String> first = client.command(body < 0 ? text : text.substring(0, body));
        String last = first.get(first.size() - 1);
        if (!last.startsWith("110")) {
            return last;
        }
        List<String> response = client.command(text.substring(body + 2));
        return response.get(response.size() - 1);
    }

    @ParameterizedTest
    @EnumSource(FolderTag.class)
    void aTagShouldForbidWhatTheDraftSaysAndNothingElse(FolderTag tag) throws Exception {
        for (Map.Entry<String, Set<FolderTag>> command : ON_THE_FOLDER.entrySet()) {
            check(command, tag, true);
        }
        for (Map.Entry<String, Set<FolderTag>> command : INTO_THE_FOLDER.entrySet()) {
            check(command, tag, false);
        }
    }

    private static void check(Map.Entry<String, Set<FolderTag>> command, FolderTag tag, boolean onTagged) throws Exception {
        String tagged = make();
        String other = make();
        server.set(tag, tagged);
        boolean forbidden = command.getValue().contains(tag);
        String answer = answer(command.getKey(), tagged, other, onTagged);
        assertThat(answer).as("%s of %s", command.getKey(), tag).startsWith(forbidden ? "511 ERROR " : "200 OK ");
        if (forbidden) {
            assertThat(answer).endsWith("(it has the tag " + tag + ")");
            assertThat(client.command("SLCT " + tagged)).containsExactly("200 OK Folder selected");
            assertThat(client.find("")).as("nothing happened").containsExactly("." + UID);
            client.command("SLCT " + other);
            assertThat(client.find("")).as("nothing happened").containsExactly("." + UID);
        }
    }
}

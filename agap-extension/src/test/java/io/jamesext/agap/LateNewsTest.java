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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.agap.change.Fcid;
import io.jamesext.agap.change.FolderTable;
import io.jamesext.testing.mailbox.BothBackends;

/** What a client is told when James's events come too late, or never; and what CHNG reads. */
@BothBackends
class LateNewsTest {
    @TempDir
    static Path folder;

    private final List<String> reads = new CopyOnWriteArrayList<>();
    private AgapTestServer server;
    private AgapClient client;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.deaf(folder, this::counted);
        client = new AgapClient(server.connect());
        client.logIn();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private FolderTable counted(FolderTable table) {
        return (FolderTable) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {FolderTable.class},
            (proxy, method, arguments) -> {
                reads.add(method.getName());
                try {
                    return method.invoke(table, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                }
            });
    }

    private String stat() throws Exception {
        return client.command("STAT").stream().filter(line -> line.startsWith(".FCID ")).findFirst().orElseThrow().substring(6);
    }

    @Test
    void whatTheSessionHasDoneShouldBeToldAtOnce() throws Exception {
        String before = client.fcid("/INBOX");
        client.command("STAG 00000001 + MINE");
        String tagged = client.fcid("/INBOX");
        assertThat(tagged).isGreaterThan(before);
        assertThat(client.command("DATT 00000002 1")).containsExactly("200 OK Attachment deleted");
        String detached = client.fcid("/INBOX");
        assertThat(detached).isGreaterThan(tagged);
        assertThat(client.command("XCHG " + before)).containsExactly(".=" + detached, ".*00000001", ".*00000002", "200 OK XCHG completed");
        assertThat(client.fcid("/INBOX")).isEqualTo(detached);
    }

    @Test
    void statShouldTellWhatNoNewsHaveToldAndThenChngTooShould() throws Exception {
        String before = client.fcid("/INBOX");
        server.james().append(ALICE, "INBOX", AgapTestServer.newsletter(5));
        String now = stat();
        assertThat(now).isGreaterThan(before);
        assertThat(client.fcid("/INBOX")).isEqualTo(now);
        assertThat(client.command("XCHG " + before)).containsExactly(".=" + now, ".+00000005", "200 OK XCHG completed");
    }

    @Test
    void aNewSubfolderShouldBeToldByStat() throws Exception {
        client.command("SLCT /ARCHIVE");
        String before = stat();
        MailboxSession session = server.james().session(ALICE);
        server.james().mailboxManager().createMailbox(MailboxPath.forUser(ALICE, "ARCHIVE.2011"), session);
        assertThat(stat()).isGreaterThan(before);
        assertThat(client.fcid("/ARCHIVE/2011")).hasSize(Fcid.LENGTH);
    }

    @Test
    void aFolderThatNoNewsHaveToldOfShouldBeFoundWhenItIsAskedFor() throws Exception {
        client.command("CHNG");
        MailboxSession session = server.james().session(ALICE);
        server.james().mailboxManager().createMailbox(MailboxPath.forUser(ALICE, "Late"), session);
        assertThat(client.fcid("/Late")).hasSize(Fcid.LENGTH);
        assertThat(client.command("CHNG /Never")).containsExactly("511 INVALID path");
    }

    /** The look in the background begins with the first CHNG and may still go on. */
    @Test
    void chngShouldReadOnePartitionOnce() throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        do {
            reads.clear();
            assertThat(client.command("CHNG")).hasSizeGreaterThan(10);
        } while (!reads.equals(List.of("account")) && System.nanoTime() < end);
        assertThat(reads).containsExactly("account");
    }
}

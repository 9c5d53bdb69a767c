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
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What others do in the selected mailbox, through James itself. Draft section 6.2. */
@BothBackends
class NewsTest {
    @TempDir
    static Path folder;
    private DmapTestServer server;
    private TlsClient client;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder);
        client = new TlsClient(server.port());
        client.logIn();
        client.select("INBOX");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private List<String> noop() throws Exception {
        client.send("N NOOP\r\n");
        List<String> lines = new ArrayList<>();
        for (String line = client.readLine(); !line.startsWith("N "); line = client.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void changesOfEveryKindShouldBeToldAtNoop() throws Exception {
        server.inbox().setFlags(new Flags(Flags.Flag.ANSWERED), MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(3)),
            server.alice());
        server.inbox().delete(List.of(MessageUid.of(1)), server.alice());
        server.james().append(TestJames.ALICE, "INBOX", "Subject: New\n\nx\n");
        assertThat(noop()).containsExactly("* 1 EXPUNGE", "* 4 EXISTS", "* 2 FETCH (FLAGS (\\Answered))");
        assertThat(noop()).isEmpty();
    }

    /** An IDLE that ends may be slower than the one that follows. */
    @Test
    void whoListensNoMoreShouldNotSilenceOthers() throws Exception {
        SelectedMailbox selected = Objects.requireNonNull(SelectedMailbox.listen(server.james().eventBus(), server.inbox(), server.alice(),
            true).block());
        AtomicInteger rung = new AtomicInteger();
        selected.onNews(rung::incrementAndGet);
        selected.onNews(() -> { }).dispose();
        server.james().append(TestJames.ALICE, "INBOX", "Subject: New\n\nx\n");
        await().until(() -> rung.get() > 0);
        selected.release().block();
    }

    @Test
    void anIdleThatEndedWithAnErrorShouldTakeNoNewsAway() throws Exception {
        for (int i = 0; i < 9; i++) {
            client.send("I IDLE\r\n");
            client.readUntil("+");
            client.send("NOOP\r\n");
            assertThat(client.readUntil("I ")).isEqualTo("I BAD expected DONE");
        }
        client.send("I IDLE\r\n");
        client.readUntil("+");
        server.james().append(TestJames.ALICE, "INBOX", "Subject: New\n\nx\n");
        assertThat(client.readLine()).isEqualTo("* 5 EXISTS");
    }

    @Test
    void severalExpungesShouldEachBeNumberedAfterTheOnesBefore() throws Exception {
        server.inbox().delete(List.of(MessageUid.of(1), MessageUid.of(2), MessageUid.of(4)), server.alice());
        assertThat(noop()).containsExactly("* 4 EXPUNGE", "* 2 EXPUNGE", "* 1 EXPUNGE");
        client.send("F FETCH 1 UID\r\n");
        assertThat(client.readLine()).isEqualTo("* 1 FETCH (UID 3)");
    }

    @Test
    void messageThatCameAndWentShouldNotBeTold() throws Exception {
        long uid = server.james().append(TestJames.ALICE, "INBOX", "Subject: New\n\nx\n");
        server.inbox().delete(List.of(MessageUid.of(uid)), server.alice());
        assertThat(noop()).isEmpty();
    }

    @Test
    void unchangedFlagsShouldNotBeTold() throws Exception {
        server.inbox().setFlags(new Flags(Flags.Flag.SEEN), MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(2)),
            server.alice());
        assertThat(noop()).isEmpty();
    }

    @Test
    void deletedMailboxShouldBecomeEmpty() throws Exception {
        client.select("Projects/2015/May");
        MailboxPath path = MailboxPath.forUser(TestJames.ALICE, "Projects.2015.May");
        MessageManager may = server.james().mailboxManager().getMailbox(path, server.alice());
        may.appendMessage(MessageManager.AppendCommand.builder().build("Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII)),
            server.alice());
        assertThat(noop()).containsExactly("* 1 EXISTS");
        server.james().mailboxManager().deleteMailbox(path, server.alice());
        assertThat(noop()).containsExactly("* 1 EXPUNGE");
    }

    @Test
    void keywordsThatAreNoAtomsShouldNotBeTold() throws Exception {
        Flags flags = new Flags("Plain");
        for (String keyword : List.of("two words", "a)\r\n* BYE forged", "a]b", "\u00fcmlaut", "")) {
            flags.add(keyword);
        }
        server.inbox().setFlags(flags, MessageManager.FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(1)), server.alice());

        assertThat(noop()).containsExactly("* 1 FETCH (FLAGS (Plain))");
        client.send("S SELECT INBOX\r\n");
        client.readUntil("* FLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen \\Forwarded \\Submitted \\SubmitPending Plain)");
        assertThat(client.readUntil("S ")).isEqualTo("S OK [READ-WRITE] SELECT completed");
    }
}

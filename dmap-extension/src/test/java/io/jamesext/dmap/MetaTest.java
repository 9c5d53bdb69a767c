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
import java.util.List;
import java.util.Map;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** A client's blocks go with their messages, whoever removes these. PROTOCOL.md section 4.7. */
@BothBackends
class MetaTest {
    @TempDir
    static Path folder;
    private DmapTestServer server;
    private TlsClient client;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder);
        client = new TlsClient(server.port());
        client.logIn();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private void store(String mailbox, String set) throws Exception {
        client.select(mailbox);
        client.send("M STORE " + set + " META.SILENT ~{3+}\r\nabc\r\n");
        assertThat(client.readUntil("M ")).isEqualTo("M OK STORE completed");
    }

    private Map<MessageUid, byte[]> blocks(MailboxId mailbox) {
        return server.services().meta().of(mailbox, MessageRange.range(MessageUid.of(1), MessageUid.of(1000))).block();
    }

    @Test
    void expungedMessagesShouldLeaveNoBlock() throws Exception {
        store("INBOX", "1:3");
        assertThat(blocks(server.inbox().getId())).containsOnlyKeys(MessageUid.of(1), MessageUid.of(2), MessageUid.of(3));
        server.inbox().delete(List.of(MessageUid.of(2)), server.alice());
        assertThat(blocks(server.inbox().getId())).containsOnlyKeys(MessageUid.of(1), MessageUid.of(3));
    }

    @Test
    void deletedMailboxesShouldLeaveNoBlock() throws Exception {
        server.james().append(TestJames.ALICE, "Sent", "Subject: x\n\nx\n");
        store("Sent", "1");
        MailboxPath sent = MailboxPath.forUser(TestJames.ALICE, "Sent");
        MailboxId id = server.james().mailboxManager().getMailbox(sent, server.alice()).getId();
        assertThat(blocks(id)).hasSize(1);
        server.james().mailboxManager().deleteMailbox(sent, server.alice());
        assertThat(blocks(id)).isEmpty();
    }

    @Test
    void theServersKeywordShouldNotStay() throws Exception {
        store("INBOX", "1:4");
        assertThat(Flux.from(server.inbox().listMessagesMetadata(MessageRange.all(), server.alice()))
            .flatMapIterable(message -> List.of(message.getFlags().getUserFlags()))
            .collectList()
            .block()).isEmpty();
    }
}

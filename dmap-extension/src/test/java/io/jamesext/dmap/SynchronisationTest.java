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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** A client that applies what it is told, and only that, always holds what is in James. PROTOCOL.md section 4. */
@BothBackends
class SynchronisationTest {
    private static final int STEPS = 250;
    private static final List<String> FLAGS = List.of("\\Seen", "\\Flagged", "\\Deleted", "\\Answered", "$Forwarded", "work");

    @TempDir
    static Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"QRESYNC", "QRESYNC UIDONLY"})
    void whoAppliesWhatItIsToldShouldHoldWhatIsThere(String enabled) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (DmapTestServer server = DmapTestServer.start(folder); SyncedClient client = new SyncedClient(server.port(), enabled)) {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(6)) {
                    case 0 -> client.away(() -> {
                        for (int change = random.nextInt(6); change > 0; change--) {
                            change(server, random);
                        }
                    }, random.nextInt(4) == 0 ? "EXAMINE" : "SELECT");
                    case 1 -> client.command("UID STORE " + (1 + random.nextInt(60)) + " +FLAGS (" + flag(random) + ")");
                    case 2 -> client.command("UID FETCH 1:* (FLAGS UID MODSEQ) (CHANGEDSINCE " + random.nextInt(200) + " VANISHED)");
                    default -> change(server, random);
                }
                client.command("NOOP");
                assertThat(client.messages()).as("step %d of seed %d", step, seed).isEqualTo(stored(server));
                assertThat(client.count()).as("step %d of seed %d", step, seed).isEqualTo(client.messages().size());
            }
        }
    }

    private static String flag(Random random) {
        return FLAGS.get(random.nextInt(FLAGS.size()));
    }

    /** What any other client of James may do. */
    private static void change(DmapTestServer server, Random random) throws Exception {
        List<Long> uids = List.copyOf(stored(server).keySet());
        long some = uids.isEmpty() ? 1 : uids.get(random.nextInt(uids.size()));
        MessageRange range = MessageRange.range(MessageUid.of(some), MessageUid.of(some + random.nextInt(4)));
        MessageManager inbox = server.inbox();
        switch (random.nextInt(6)) {
            case 0 -> server.james().append(TestJames.ALICE, "INBOX", "Subject: New\n\nx\n");
            case 1 -> {
                server.james().append(TestJames.ALICE, "Projects", "Subject: Moved\n\nx\n");
                MailboxPath projects = MailboxPath.forUser(TestJames.ALICE, "Projects");
                server.james().mailboxManager().moveMessages(MessageRange.all(), projects, MailboxPath.inbox(TestJames.ALICE),
                    server.alice());
            }
            case 2 -> {
                if (!uids.isEmpty()) {
                    inbox.delete(List.of(MessageUid.of(some)), server.alice());
                }
            }
            case 3 -> inbox.expunge(MessageRange.all(), server.alice());
            default -> inbox.setFlags(DmapFlags.parse(List.of(flag(random), flag(random))),
                FlagsUpdateMode.values()[random.nextInt(FlagsUpdateMode.values().length)], range, server.alice());
        }
    }

    private static Map<Long, SyncedClient.Known> stored(DmapTestServer server) throws Exception {
        return Flux.from(server.inbox().listMessagesMetadata(MessageRange.all(), server.alice()))
            .collectMap(message -> message.getComposedMessageId().getUid().asLong(),
                message -> new SyncedClient.Known(Set.copyOf(DmapFlags.format(new Flags(message.getFlags()))),
                    message.getModSeq().asLong()), TreeMap::new)
            .block();
    }
}

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/**
 * A client that keeps its own list by EXISTS and EXPUNGE alone, while others append, remove and mark: at every moment its numbers must
 * mean what the server takes them for. Draft section 3.3.1.2.
 */
@BothBackends
class MessageNumbersTest {
    private static final long UNKNOWN = 0;

    @TempDir
    static Path folder;

    /** UIDs by number, as far as the client learnt them. */
    private final List<Long> model = new ArrayList<>();

    @Test
    void numbersShouldMeanTheSameToBothSides() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (DmapTestServer server = DmapTestServer.start(folder); TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            client.send("S SELECT INBOX\r\n");
            answer(client, "S");
            for (int step = 0; step < 300; step++) {
                somebodyElse(server, random);
                String command = List.of("NOOP", "FETCH 1:* UID", "UID SEARCH ALL", "SEARCH ALL", "STATUS INBOX (MESSAGES)", "BLAH")
                    .get(random.nextInt(6));
                if (!model.isEmpty() || !command.startsWith("FETCH")) {
                    client.send("A" + step + " " + command + "\r\n");
                    assertThat(answer(client, "A" + step)).as("seed %d, step %d", seed, step).isNotEqualTo("inconsistent");
                }
            }
            client.send("N NOOP\r\n");
            answer(client, "N");
            client.send("U UID SEARCH ALL\r\n");
            List<Long> inJames = Flux.from(server.inbox().search(SearchQuery.matchAll(), server.alice())).map(MessageUid::asLong)
                .collectSortedList().block();
            assertThat(client.readLine()).as("seed %d", seed).isEqualTo(("* SEARCH " + String.join(" ",
                inJames.stream().map(String::valueOf).toList())).strip());
            assertThat(model).as("seed %d", seed).hasSize(inJames.size());
        }
    }

    private static void somebodyElse(DmapTestServer server, Random random) throws Exception {
        List<MessageUid> uids = Flux.from(server.inbox().search(SearchQuery.matchAll(), server.alice())).collectList().block();
        switch (random.nextInt(4)) {
            case 0 -> server.james().append(TestJames.ALICE, "INBOX", "Subject: x\n\nx\n");
            case 1 -> {
                if (!uids.isEmpty()) {
                    server.inbox().delete(List.of(uids.get(random.nextInt(uids.size()))), server.alice());
                }
            }
            case 2 -> server.inbox().setFlags(new Flags("k" + random.nextInt(5)), FlagsUpdateMode.ADD, MessageRange.all(), server.alice());
            default -> { }
        }
    }

    private String answer(TlsClient client, String tag) throws Exception {
        String line = client.readLine();
        for (; line.startsWith("* "); line = client.readLine()) {
            String[] words = line.split(" ");
            if (line.endsWith(" EXISTS")) {
                int count = Integer.parseInt(words[1]);
                assertThat(count).as("EXISTS never shrinks the mailbox: draft section 6.2").isGreaterThanOrEqualTo(model.size());
                while (model.size() < count) {
                    model.add(UNKNOWN);
                }
            } else if (line.endsWith(" EXPUNGE")) {
                model.remove(Integer.parseInt(words[1]) - 1);
            } else if (line.contains(" FETCH (UID ")) {
                long uid = Long.parseLong(words[4].replace(")", ""));
                int index = Integer.parseInt(words[1]) - 1;
                if (model.get(index) != UNKNOWN && model.get(index) != uid) {
                    return "inconsistent";
                }
                model.set(index, uid);
            }
        }
        assertThat(line).startsWith(tag + " ");
        return line;
    }
}

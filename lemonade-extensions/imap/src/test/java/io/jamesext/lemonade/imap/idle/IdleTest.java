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


package io.jamesext.lemonade.imap.idle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** IDLE while others change the mailbox at the same moment; its conversation is in the transcript. */
@BothBackends
class IdleTest {
    private static final int ROUNDS = 60;

    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("<concurrentRequests>2</concurrentRequests><maxQueueSize>1</maxQueueSize>"
            + "<idleTimeInterval>1</idleTimeInterval>");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void nothingShouldBeToldOutsideOfACommandAndNothingBeLost() throws Exception {
        try (ImapTestClient idler = server.connectAs(ImapTestServer.ALICE); ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            idler.command("a1 CREATE races");
            idler.command("a2 SELECT races");
            other.command("b1 SELECT races");
            List<String> all = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                idler.write("i" + round + " IDLE\r\n");
                other.write("c APPEND races {9+}\r\nA: b\r\n\r\nc\r\nd STORE 1 +FLAGS (\\Deleted k" + round + ")\r\n"
                    + (round % 3 == 2 ? "e EXPUNGE\r\n" : "e NOOP\r\n"));
                if (round % 2 == 0) {
                    Thread.sleep(round % 7);
                }
                // A NOOP would tell what is new; these two tell nothing.
                idler.write("DONE\r\nj" + round + " SEARCH UID 1:0\r\n");
                List<String> idle = idler.until("i" + round + " ");
                assertThat(idle).last().asString().startsWith("i" + round + " OK");
                all.addAll(idle);
                List<String> next = idler.until("j" + round + " ");
                assertThat(next.stream().filter(line -> line.contains(" EXPUNGE"))).as("round %d", round).isEmpty();
                all.addAll(next);
                other.until("e ");
            }
            all.addAll(idler.command("z1 NOOP"));
            assertThat(all.stream().filter(line -> line.endsWith(" EXPUNGE"))).hasSize(ROUNDS / 3);
            String messages = idler.command("z2 STATUS races (MESSAGES)").get(0).replaceAll(".*MESSAGES (\\d+).*", "$1");
            long exists = all.stream().mapToLong(line -> line.endsWith(" EXISTS") ? number(line) : line.endsWith(" EXPUNGE") ? -1 : 0)
                .reduce(0, (count, step) -> step < 0 ? count - 1 : step > 0 ? step : count);
            assertThat(exists).isEqualTo(Long.parseLong(messages));
        }
    }

    @Test
    void idleClientsShouldKeepNobodyFromWorking() throws Exception {
        List<ImapTestClient> idle = new ArrayList<>();
        try (ImapTestClient worker = server.connectAs(ImapTestServer.BOB)) {
            for (int i = 0; i < 5; i++) {
                ImapTestClient client = server.connectAs(ImapTestServer.BOB);
                idle.add(client);
                client.write("a1 SELECT INBOX\r\na2 IDLE\r\n");
                client.until("+ ");
                ImapTestClient stranger = server.connect();
                idle.add(stranger);
                stranger.line();
                stranger.write("a1 AUTHENTICATE PLAIN\r\n");
                assertThat(stranger.line()).startsWith("+");
            }
            assertThat(worker.command("b1 STATUS INBOX (MESSAGES)")).last().asString().startsWith("b1 OK");
        } finally {
            for (ImapTestClient client : idle) {
                client.close();
            }
        }
    }

    @Test
    void aSignOfLifeShouldComeNowAndThen() throws Exception {
        try (ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("a1 IDLE\r\n");
            assertThat(client.line()).isEqualTo("+ Idling");
            assertThat(client.line()).isEqualTo("* OK Still here");
            assertThat(client.line()).isEqualTo("* OK Still here");
            client.write("DO");
            Thread.sleep(10);
            client.write("NE\r\n");
            assertThat(client.until("a1 ")).last().asString().startsWith("a1 OK");
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.split(" ")[1]);
    }
}

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;

/** UNCHANGEDSINCE as a lock: PROTOCOL.md section 4.2. */
@BothBackends
class ConditionalStoreTest {
    private static final int SESSIONS = 8;
    private static final int ROUNDS = 10;
    private static final Pattern MODSEQ = Pattern.compile("\\* 1 FETCH \\(MODSEQ (\\d+)\\)");

    @TempDir
    static Path folder;

    @Test
    void oneOfAllThatSetAFlagShouldBeToldThatItDid() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        List<TlsClient> clients = new ArrayList<>();
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            for (int session = 0; session < SESSIONS; session++) {
                TlsClient client = new TlsClient(server.port());
                clients.add(client);
                client.logIn();
                client.select("INBOX");
            }
            for (int round = 0; round < ROUNDS; round++) {
                String command = "s STORE 1 (UNCHANGEDSINCE " + modSeq(clients.get(0)) + ") +FLAGS.SILENT ($Round" + round + ")\r\n";
                List<Future<String>> answers = clients.stream().map(client -> threads.submit(() -> answer(client, command))).toList();
                List<String> told = new ArrayList<>();
                for (Future<String> answer : answers) {
                    told.add(answer.get());
                }
                assertThat(told).filteredOn("s OK STORE completed"::equals).hasSize(1);
                assertThat(told).filteredOn("s OK [MODIFIED 1] STORE completed"::equals).hasSize(SESSIONS - 1);
            }
        } finally {
            threads.shutdownNow();
            for (TlsClient client : clients) {
                client.close();
            }
        }
    }

    private static long modSeq(TlsClient client) throws Exception {
        client.send("m FETCH 1 MODSEQ\r\n");
        Matcher matcher = MODSEQ.matcher(client.readUntil("* 1 FETCH (MODSEQ"));
        assertThat(matcher.matches()).isTrue();
        client.readUntil("m ");
        return Long.parseLong(matcher.group(1));
    }

    private static String answer(TlsClient client, String command) throws Exception {
        client.send(command);
        return client.readUntil("s ");
    }
}

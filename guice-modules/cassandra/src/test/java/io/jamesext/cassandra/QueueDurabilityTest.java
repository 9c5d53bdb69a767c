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

package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.stores.Jvm;
import io.jamesext.stores.SupervisedProcess;

/** A server as a process, ended by {@code kill -9}. */
class QueueDurabilityTest {
    private static final String ALICE = "alice@example.org";
    private static final int MAILS = 40;
    private static final Duration START = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final List<SupervisedProcess> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(QueueDurabilityTest::kill);
    }

    @Test
    void whatWasAcceptedShouldBeDeliveredAfterKill9() throws Exception {
        TestServer server = TestServer.layOut(folder, TestKeyspace.newName());
        SupervisedProcess first = start(server);
        new WebAdminClient(server.webAdmin()).put("/users/" + ALICE, "{\"password\":\"secret\"}");
        try (Conversation smtp = Conversation.open(server.smtp())) {
            smtp.smtp("EHLO test", "250");
            for (int i = 0; i < MAILS; i++) {
                smtp.deliver(ALICE, "mail " + i);
            }
        }
        kill(first);

        start(server);
        try (Conversation imap = Conversation.open(server.imap())) {
            imap.imap("LOGIN " + ALICE + " secret");
            imap.imap("SELECT INBOX");
            // A mail that was delivered but not yet removed from the queue is delivered once more: at least once, not exactly once.
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                imap.imap("NOOP");
                assertThat(imap.imap("FETCH 1:* BODY[HEADER.FIELDS (SUBJECT)]"))
                    .contains(IntStream.range(0, MAILS).mapToObj(i -> "Subject: mail " + i).toList());
            });
        }
        assertThat(new WebAdminClient(server.webAdmin()).get("/mailQueues/spool")).contains("\"size\":0");
    }

    private SupervisedProcess start(TestServer server) {
        List<String> command = List.of(Jvm.executable(), "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Dworking.directory=" + server.folder(), "-Dlogback.configurationFile=" + server.folder().resolve("conf/logback.xml"),
            CassandraJamesServerMain.class.getName());
        SupervisedProcess process = SupervisedProcess.start("James", server.folder(), command,
            Map.of("CLASSPATH", System.getProperty("java.class.path")));
        processes.add(process);
        await().atMost(START).pollInterval(Duration.ofMillis(200)).until(() -> {
            String console = Files.readString(process.console());
            assertThat(process.isRunning()).as(console).isTrue();
            return console.contains("JAMES server started");
        });
        return process;
    }

    private static void kill(SupervisedProcess process) {
        process.program().ifPresent(ProcessHandle::destroyForcibly);
        process.close();
        assertThat(process.isRunning()).isFalse();
    }
}

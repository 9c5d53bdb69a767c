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
package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.jamesext.testing.bench.ImapClient;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.Ports;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.Tour;

/** James on Cassandra, OpenSearch and, where it is installed, RabbitMQ, as users and operators of the README use it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdministrationIT {
    private static final int FIRST_PORT = LaunchedJames.freePorts();
    private static final Ports PORTS = Ports.from(FIRST_PORT);
    private static final String ALICE = "alice@example.org";
    private static final Pattern INBOX_ID = Pattern.compile("\"mailboxName\":\"INBOX\",\"mailboxId\":\"([^\"]+)\"");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path data;
    private static LaunchedJames james;

    private final WebAdmin webAdmin = new WebAdmin(PORTS.of(Listener.WEBADMIN));

    @BeforeAll
    static void start() throws Exception {
        james = LaunchedJames.run(data, FIRST_PORT, "--backend", "cassandra", "--demo");
    }

    @AfterAll
    static void stop() {
        james.close();
    }

    /** First, while nothing but the demonstration's mail is there. */
    @Order(1)
    @ParameterizedTest
    @MethodSource("tours")
    void everyAnswerShouldBeAsExpected(Tour tour) {
        tour.play(StockJames.project(), PORTS, line -> { });
    }

    static List<Tour> tours() {
        return Tour.ALL;
    }

    @Order(2)
    @Test
    void everyCommandOfTheReadmeShouldWork() throws Exception {
        try (ImapClient imap = ImapClient.logIn(PORTS.of(Listener.IMAP), ALICE, Accounts.PASSWORD)) {
            imap.command("SELECT INBOX");
            imap.command("STORE 2:3 +FLAGS.SILENT (\\Deleted)");
            imap.command("EXPUNGE");
        }
        Map<String, String> answers = new LinkedHashMap<>();
        for (List<String> words : ReadmeCommands.below(StockJames.project().resolve("README.md"), "### Commands")) {
            answers.put(String.join(" ", words), run(words));
        }

        assertThat(answers).hasSizeGreaterThan(30);
        assertThat(answers.get("./james cli ListDomains")).contains("example.net");
        assertThat(answers.get("./james cli ListUsers")).contains("carol@example.org");
        assertThat(answers.get("./james cli ListUserMailboxes carol@example.org")).contains("Work");
        assertThat(answers.get("curl localhost:8000/users")).contains("carol@example.org", "dave@example.org");
        assertThat(answers.get("curl localhost:8000/quota/users/" + ALICE)).contains("\"size\":1000000000");
        assertThat(answers.values()).anyMatch(answer -> answer.contains("\"type\":\"deleted-messages-restore\"")
            && !answer.contains("\"successfulRestoreCount\":0") && answer.contains("\"errorRestoreCount\":0"));
        assertThat(webAdmin.get("/users/" + ALICE + "/mailboxes")).contains("Restored-Messages");
    }

    /** What the command has printed, or WebAdmin has answered; where that was a task, what the task has come to. */
    private String run(List<String> words) throws IOException, InterruptedException {
        if (words.get(0).equals("./james")) {
            return james.cli(words.subList(2, words.size()));
        }
        String inbox = inboxOfAlice();
        return webAdmin.curl(words.stream().map(word -> word.replace("MAILBOX-ID", inbox)).toList());
    }

    private String inboxOfAlice() throws IOException, InterruptedException {
        Matcher id = INBOX_ID.matcher(webAdmin.get("/users/" + ALICE + "/mailboxes"));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }
}

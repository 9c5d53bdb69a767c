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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.bench.Corpus;
import io.jamesext.testing.bench.ImapClient;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.Ports;

/**
 * What James has acknowledged is there after {@code kill -9} of James, Cassandra, OpenSearch and, where it is installed, RabbitMQ at the
 * same moment. The embedded queue, which takes RabbitMQ's place elsewhere, is killed in {@code QueueDurabilityTest} too.
 */
class RecoveryIT {
    private static final int MESSAGES = 800;
    private static final int WRITERS = 4;
    private static final String ALICE = "alice@example.org";
    private static final String BOB = "bob@example.org";

    private final int firstPort = LaunchedJames.firstOfFreePorts(1);
    private final Ports ports = Ports.from(firstPort);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void whatWasAcknowledgedShouldSurviveTheKillOfJamesAndItsStores() throws Exception {
        List<String> before;
        AcceptedMail queued = new AcceptedMail(BOB);
        try (LaunchedJames james = LaunchedJames.run(data, firstPort, "--backend", "cassandra")) {
            fill();
            before = state();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> queued.sendUntilTheServerIsGone(ports));
            Thread.sleep(Duration.ofSeconds(3).toMillis());
            james.killServers();
            sender.join();
        }
        assertThat(queued.messageIds()).as("messages that SMTP accepted with 250").isNotEmpty();

        try (LaunchedJames james = LaunchedJames.run(data, firstPort, "--backend", "cassandra")) {
            assertThat(state()).isEqualTo(before);
            assertThat(queued.awaitDelivery(ports)).containsAll(queued.messageIds());
        }
    }

    private void fill() throws IOException {
        Accounts accounts = new Accounts(ports);
        accounts.create(ALICE);
        accounts.create(BOB);
        try (ImapClient alice = logIn(ALICE)) {
            alice.command("CREATE Nineties");
            alice.command("CREATE Nineties.1994");
            IntStream.range(0, WRITERS).mapToObj(writer -> CompletableFuture.runAsync(() -> append(writer)))
                .toList().forEach(CompletableFuture::join);
            alice.command("SELECT Nineties");
            alice.command("STORE 1:100 +FLAGS (\\Flagged \\Seen)");
            alice.command("STORE 50:150 +FLAGS ($Forwarded)");
            alice.command("STORE 200:300 +FLAGS (\\Deleted)");
            alice.command("EXPUNGE");
            alice.command("UID COPY 1:20 Nineties.1994");
            alice.command("UID MOVE 21:30 INBOX");
            alice.command("SETACL Nineties " + BOB + " lrs");
            alice.command("SUBSCRIBE Nineties");
            alice.command("SETMETADATA Nineties (/private/comment \"of the nineties\")");
        }
    }

    /** Of so many writers at once, because each waits for the disk most of the time. */
    private void append(int writer) {
        Corpus corpus = new Corpus();
        try (ImapClient alice = logIn(ALICE)) {
            for (int i = writer; i < MESSAGES; i += WRITERS) {
                alice.append(i % 2 == 0 ? "Nineties" : "Nineties.1994", corpus.message(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that IMAP tells of Alice's mail. */
    private List<String> state() throws IOException {
        List<String> state = new ArrayList<>();
        try (ImapClient alice = logIn(ALICE)) {
            alice.command("ENABLE CONDSTORE");
            state.addAll(alice.command("LSUB \"\" \"*\""));
            for (String mailbox : List.of("INBOX", "Nineties", "Nineties.1994")) {
                state.addAll(alice.command("GETACL " + mailbox));
                state.addAll(alice.command("GETMETADATA " + mailbox + " /private/comment"));
                state.addAll(alice.command("EXAMINE " + mailbox));
                state.addAll(alice.command("UID FETCH 1:* (UID FLAGS MODSEQ INTERNALDATE RFC822.SIZE BODY.PEEK[])"));
                state.addAll(alice.command("UID SEARCH BODY " + Corpus.RARE_WORD));
                state.addAll(alice.command("UID SEARCH FROM " + Corpus.sender(1) + " FLAGGED"));
                state.addAll(alice.command("UID SEARCH TEXT " + Corpus.sender(2)));
            }
        }
        return state;
    }

    private ImapClient logIn(String user) throws IOException {
        return ImapClient.logIn(ports.of(Listener.IMAP), user, Accounts.PASSWORD);
    }
}

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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;

import io.jamesext.stores.RabbitMqServer;
import io.jamesext.testing.bench.ImapClient;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.Ports;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

/** Two nodes on the same stores: what happens on one is told to the clients of the other, which has everything when the first is killed. */
class TwoNodesIT {
    private static final Duration LONGEST_INDEXING = Duration.ofMinutes(1);
    private static final String ALICE = "alice@example.org";
    private static final String BOB = "bob@example.org";
    private static final String LOOPBACK = "127.0.0.1";
    /** So much is under way when the second node is killed. */
    private static final int ACCEPTED = 20;
    private static final Duration LONGEST_ACCEPTING = Duration.ofMinutes(1);

    private final int firstPortOfOne = LaunchedJames.firstOfFreePorts(2);
    private final int firstPortOfTwo = firstPortOfOne + LaunchedJames.PORTS;
    private final Ports one = Ports.from(firstPortOfOne);
    private final Ports two = Ports.from(firstPortOfTwo);
    private final Path data = Path.of(System.getProperty("jamesext.it.data"), "nodes");

    @BeforeAll
    static void expectRabbitMq() {
        assumeTrue(RabbitMqServer.forTests().isPresent(), "Two nodes need a RabbitMQ (Debian: apt-get install rabbitmq-server)");
    }

    @Test
    void nodesShouldTellEachOtherAndLoseNothingWhenOneIsKilled() throws Exception {
        AcceptedMail sent = new AcceptedMail(BOB);
        Appends appends = new Appends(two);
        List<String> before;
        if (Files.exists(data)) {
            MoreFiles.deleteRecursively(data, RecursiveDeleteOption.ALLOW_INSECURE);
        }
        try (LaunchedJames first = LaunchedJames.run(data, firstPortOfOne, "--backend", "cassandra")) {
            Accounts accounts = new Accounts(one);
            accounts.create(ALICE);
            accounts.create(BOB);
            try (LaunchedJames second = LaunchedJames.run(data, firstPortOfTwo, "--backend", "cassandra", "--node", "2")) {
                tell();
                before = state(two);
                CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sent.sendUntilTheServerIsGone(two));
                CompletableFuture<Void> appender = CompletableFuture.runAsync(appends::appendUntilTheServerIsGone);
                long deadline = System.nanoTime() + LONGEST_ACCEPTING.toNanos();
                while (Math.min(sent.messageIds().size(), appends.acknowledged().size()) < ACCEPTED && System.nanoTime() < deadline) {
                    Thread.sleep(100);
                }
                second.killServers();
                CompletableFuture.allOf(sender, appender).join();
            }
            assertThat(sent.messageIds()).as("messages that SMTP accepted with 250").isNotEmpty();
            assertThat(appends.acknowledged()).as("messages that IMAP appended").isNotEmpty();

            assertThat(state(one)).isEqualTo(before);
            assertThat(sent.awaitDelivery(one)).containsAll(sent.messageIds());
            appends.check(one);
        }
    }

    private void tell() {
        new TranscriptRunner(Wire.XML_NUL, LOOPBACK, one.of(Listener.XIMSS))
            .endpoint("IMAP-on-1", Wire.LINES, LOOPBACK, one.of(Listener.IMAP))
            .endpoint("AGAP-on-1", Wire.LINES, LOOPBACK, one.of(Listener.AGAP))
            .endpoint("DMAP-on-1", Wire.TLS_LINES, LOOPBACK, one.of(Listener.DMAP))
            .endpoint("IMAP-on-2", Wire.LINES, LOOPBACK, two.of(Listener.IMAP))
            .endpoint("SMTP-on-2", Wire.LINES, LOOPBACK, two.of(Listener.SMTP))
            .run(Transcript.read(TwoNodesIT.class.getResource("/nodes/notifications.transcript")));
    }

    /** What a client of that node sees of Alice's INBOX. What was expunged is recorded soon after it, and takes a mod-sequence then. */
    private static List<String> state(Ports node) throws IOException {
        try (ImapClient alice = logIn(node)) {
            alice.command("ENABLE CONDSTORE");
            List<String> state = new ArrayList<>(alice.command("EXAMINE INBOX"));
            state.removeIf(line -> line.contains("[HIGHESTMODSEQ "));
            state.addAll(alice.command("UID FETCH 1:* (UID FLAGS MODSEQ INTERNALDATE BODY.PEEK[])"));
            return state;
        }
    }

    private static ImapClient logIn(Ports node) throws IOException {
        return ImapClient.logIn(node.of(Listener.IMAP), ALICE, Accounts.PASSWORD);
    }

    /** Messages that Alice appends to a mailbox of hers. */
    private static final class Appends {
        private static final String MAILBOX = "Appended";
        private static final Pattern SUBJECT = Pattern.compile("\"(appended \\d+)\"");
        private static final Pattern UID = Pattern.compile("UID (\\d+)");

        private final Ports node;
        private final Collection<String> acknowledged = ConcurrentHashMap.newKeySet();

        Appends(Ports node) {
            this.node = node;
        }

        Collection<String> acknowledged() {
            return acknowledged;
        }

        void appendUntilTheServerIsGone() {
            try (ImapClient alice = logIn(node)) {
                alice.command("CREATE " + MAILBOX);
                while (true) {
                    String subject = "appended " + acknowledged.size();
                    alice.append(MAILBOX, ("Subject: " + subject + "\r\n\r\nnot to be lost\r\n").getBytes(StandardCharsets.US_ASCII));
                    acknowledged.add(subject);
                }
            } catch (IOException e) {
                // The server was killed: this one was not acknowledged.
            }
        }

        /** They are there at once, and found soon: their indexing is another node's work now. */
        void check(Ports other) throws IOException, InterruptedException {
            try (ImapClient alice = logIn(other)) {
                alice.command("SELECT " + MAILBOX);
                Map<String, String> uids = uidsBySubject(alice);
                assertThat(uids).containsKeys(acknowledged.toArray(String[]::new));
                List<String> expected = acknowledged.stream().map(uids::get).toList();
                long deadline = System.nanoTime() + LONGEST_INDEXING.toNanos();
                while (!found(alice).containsAll(expected) && System.nanoTime() < deadline) {
                    Thread.sleep(500);
                }
                assertThat(found(alice)).containsAll(expected);
            }
        }

        private static Map<String, String> uidsBySubject(ImapClient imap) throws IOException {
            return imap.command("FETCH 1:* (UID ENVELOPE)").stream()
                .filter(line -> SUBJECT.matcher(line).find())
                .collect(Collectors.toMap(line -> first(SUBJECT, line), line -> first(UID, line)));
        }

        private static String first(Pattern pattern, String line) {
            return pattern.matcher(line).results().findFirst().orElseThrow().group(1);
        }

        private static List<String> found(ImapClient imap) throws IOException {
            return imap.command("UID SEARCH SUBJECT appended").stream()
                .flatMap(line -> Pattern.compile("\\d+").matcher(line).results())
                .map(MatchResult::group)
                .toList();
        }
    }
}

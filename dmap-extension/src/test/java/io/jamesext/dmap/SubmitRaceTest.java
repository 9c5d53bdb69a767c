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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import reactor.core.publisher.Flux;

/** Exactly one of any number of sessions sends a message. Draft section 7.6.7. */
@BothBackends
class SubmitRaceTest {
    private static final int SESSIONS = 16;
    private static final int MESSAGES = 100;
    private static final int MOVED = 8;
    private static final Pattern SENT = Pattern.compile("\\* (\\d+) FETCH \\(FLAGS \\(\\\\Submitted\\) UID \\d+\\)");

    @TempDir
    static Path folder;

    @Test
    void eachMessageShouldBeSentOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            fill(server);
            List<Future<List<String>>> sessions = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                // Some come from behind, so that all meet in the middle too.
                boolean backwards = session % 2 == 1;
                sessions.add(threads.submit(() -> submitAll(server.port(), backwards)));
            }
            List<String> sent = new ArrayList<>();
            for (Future<List<String>> session : sessions) {
                sent.addAll(session.get());
            }
            List<String> each = IntStream.rangeClosed(5, MESSAGES + 4).mapToObj(Integer::toString).toList();
            assertThat(sent).containsExactlyInAnyOrderElementsOf(each);
            assertThat(server.queue().accepted()).hasSize(MESSAGES);
            for (int mail = 0; mail < MESSAGES; mail++) {
                String subject = new String(server.queue().next().octets(), StandardCharsets.US_ASCII)
                    .replaceAll("(?s).*Subject: (\\d+).*", "$1");
                assertThat(each).contains(subject);
                assertThat(sent.remove(subject)).as("message %s was sent twice", subject).isTrue();
            }
            assertThat(Flux.from(server.inbox().listMessagesMetadata(MessageRange.all(), server.alice())).skip(4)
                .filter(found -> !List.of(found.getFlags().getUserFlags()).equals(List.of("$Submitted"))).collectList().block()).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Draft section 7.6.7 on PROTOCOL.md section 9.3: "a message which is moved or copied meanwhile is not sent from two mailboxes". */
    @Test
    void eachMessageShouldBeSentOnceThoughItIsMovedAndCopied() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(MOVED);
        try (DmapTestServer server = DmapTestServer.start(folder); TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            client.send("c CREATE Outbox\r\n");
            client.readUntil("c OK");
            fill(server);
            List<Future<?>> sessions = new ArrayList<>();
            sessions.add(threads.submit(() -> answer(server.port(), "INBOX", "UID COPY 5:* Sent")));
            sessions.add(threads.submit(() -> answer(server.port(), "INBOX", "UID MOVE 5:* Outbox")));
            for (String mailbox : List.of("INBOX", "Sent", "Outbox", "INBOX", "Sent", "Outbox")) {
                sessions.add(threads.submit(() -> answer(server.port(), mailbox, "UID SUBMIT 1:*")));
            }
            for (Future<?> session : sessions) {
                session.get();
            }
            answer(server.port(), "Sent", "UID SUBMIT 1:*");
            answer(server.port(), "Outbox", "UID SUBMIT 1:*");
            assertThat(server.queue().accepted()).hasSize(MESSAGES);
            Set<String> subjects = new HashSet<>();
            for (int mail = 0; mail < MESSAGES; mail++) {
                subjects.add(new String(server.queue().next().octets(), StandardCharsets.US_ASCII)
                    .replaceAll("(?s).*Subject: (\\d+).*", "$1"));
            }
            assertThat(subjects).hasSize(MESSAGES);
            for (String mailbox : List.of("Sent", "Outbox")) {
                client.select(mailbox);
                client.send("f UID FETCH 1:* FLAGS\r\n");
                for (String line = client.readLine(); !line.startsWith("f OK"); line = client.readLine()) {
                    assertThat(line).contains("FETCH (FLAGS (\\Submitted)");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void answer(int port, String mailbox, String command) throws Exception {
        try (TlsClient client = new TlsClient(port)) {
            client.logIn();
            client.select(mailbox);
            client.send("s " + command + "\r\n");
            assertThat(client.readUntil("s ")).matches("s (OK .*|NO \\[(SUBMISSIONRACE|EXPUNGEISSUED)\\] .*)");
            return null;
        }
    }

    private static void fill(DmapTestServer server) throws Exception {
        MessageManager inbox = server.inbox();
        for (int number = 5; number < MESSAGES + 5; number++) {
            Flags flags = new Flags();
            flags.add("$SubmitPending");
            inbox.appendMessage(MessageManager.AppendCommand.builder().withFlags(flags)
                .build("From: alice@example.org\r\nTo: bob@example.org\r\nSubject: " + number + "\r\n\r\nx\r\n"), server.alice());
        }
    }

    /** The numbers of the messages that this session has sent, as the server says. */
    private static List<String> submitAll(int port, boolean backwards) throws Exception {
        try (TlsClient client = new TlsClient(port)) {
            client.logIn();
            client.select("INBOX");
            if (!backwards) {
                return submit(client, "5:" + (MESSAGES + 4));
            }
            List<String> sent = new ArrayList<>();
            for (int number = MESSAGES + 4; number > 4; number--) {
                sent.addAll(submit(client, Integer.toString(number)));
            }
            return sent;
        }
    }

    private static List<String> submit(TlsClient client, String set) throws Exception {
        client.send("s SUBMIT " + set + "\r\n");
        List<String> sent = new ArrayList<>();
        String line = client.readLine();
        while (!line.startsWith("s ")) {
            // News of what others have sent come without a UID.
            Matcher matcher = SENT.matcher(line);
            if (matcher.matches()) {
                sent.add(matcher.group(1));
            }
            line = client.readLine();
        }
        assertThat(line).matches("s (OK SUBMIT completed|NO \\[SUBMISSIONRACE\\] .*)");
        return sent;
    }
}

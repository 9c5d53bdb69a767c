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


package io.jamesext.lemonade.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is left of connections that break: nothing. */
class DisconnectTest {
    private static final int CONNECTIONS = 200;
    /** More than James keeps in the heap. */
    private static final String BODY = ("x".repeat(70) + "\r\n").repeat(3_000);

    @Test
    void brokenConnectionsShouldLeaveNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Path> before = temporaryFiles();
        try (SmtpTestServer server = new SmtpTestServer("", SmtpTestServer.BURL)) {
            String url = "imap://example.com/INBOX/;UID=" + server.james().append(SmtpTestServer.ALICE, "INBOX",
                "Subject: a\r\n\r\n" + BODY);
            List<String> unfinished = List.of(
                "DATA\r\nSubject: a\r\n\r\n" + BODY,
                "BDAT " + BODY.length() + "\r\n" + BODY,
                "BDAT " + (BODY.length() + 1) + " LAST\r\n" + BODY,
                "BURL " + url + "\r\nBURL " + url + "\r\nBDAT 1 LAST\r\n",
                "BURL " + url + "99 LAST\r\nBURL " + url + " LAST\r\n");
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                byte[] octets = unfinished.get(random.nextInt(unfinished.size())).getBytes(StandardCharsets.US_ASCII);
                try (SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
                    client.send(Arrays.copyOf(octets, random.nextBoolean() ? octets.length : random.nextInt(octets.length)));
                }
            }
            Awaitility.await("seed " + seed).until(() -> {
                List<Path> left = temporaryFiles();
                left.removeAll(before);
                return left.isEmpty();
            });
            assertThat(server.acceptedNothing()).as("seed " + seed).isTrue();
        }
    }

    /** The client cannot know, and will send it again: the server may have it, or not, but nothing else. */
    @Test
    void messageWhoseReplyIsNotAwaitedShouldBeAcceptedAsItIs() throws Exception {
        try (SmtpTestServer server = new SmtpTestServer("", SmtpTestServer.BURL)) {
            long uid = server.james().append(SmtpTestServer.ALICE, "INBOX",
                "Subject: a\r\n\r\n" + BODY);
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                try (SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
                    client.send("BURL imap://example.com/INBOX/;UID=" + uid + " LAST\r\n");
                }
                SmtpTestServer.Accepted accepted = server.accepted();
                assertThat(accepted.text()).endsWith("Subject: a\r\n\r\n" + BODY);
                assertThat(accepted.mail().getRecipients()).hasSize(1);
            }
        }
    }

    private static List<Path> temporaryFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new ArrayList<>(files.filter(file -> file.getFileName().toString().matches("mimemessage-.*\\.m64")).toList());
        }
    }
}

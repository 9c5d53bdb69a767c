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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.urlauth.UrlServer;

/** Random messages in random pieces of BDAT and BURL arrive as they are. */
@BothBackends
class PiecesTest {
    private static final int ROUNDS = 40;
    private static final int MAX_PIECE_OCTETS = 3_000;
    /** What a framer or a mail store is most likely to trip over. */
    private static final String[] PIECES = {"\r\n.\r\n", ".", "\r", "\n", "\0", "QUIT\r\n", "BDAT 5\r\n", "\r\n", "\u00ff", "--b\r\n"};
    private static final UrlServer SERVER = new UrlServer(Set.of("example.com"), Set.of(), Set.of());

    @Test
    void messagesShouldArriveUnchanged() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (SmtpTestServer server = new SmtpTestServer("", SmtpTestServer.BURL);
            SmtpTestClient client = SmtpTestClient.loggedIn(server, SmtpTestServer.ALICE)) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] message = message(random);
                send(server, client, message, random);
                byte[] arrived = server.accepted().octets();
                assertThat(Arrays.copyOfRange(arrived, arrived.length - message.length, arrived.length))
                    .as("seed " + seed + ", round " + round).isEqualTo(message);
            }
        }
    }

    private static byte[] message(Random random) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes("Subject: random\r\nContent-Type: application/octet-stream\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int piece = random.nextInt(200); piece >= 0; piece--) {
            if (random.nextBoolean()) {
                message.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.ISO_8859_1));
            } else {
                byte[] octets = new byte[random.nextInt(200)];
                random.nextBytes(octets);
                message.writeBytes(octets);
            }
        }
        return message.toByteArray();
    }

    /** All of it pipelined; what the URLs name is stored before. */
    private static void send(SmtpTestServer server, SmtpTestClient client, byte[] message, Random random) throws Exception {
        ByteArrayOutputStream commands = new ByteArrayOutputStream();
        commands.writeBytes("MAIL FROM:<alice@example.org> BODY=BINARYMIME\r\nRCPT TO:<bob@example.org>\r\n"
            .getBytes(StandardCharsets.US_ASCII));
        int pieces = 0;
        for (int start = 0; start < message.length; pieces++) {
            int end = Math.min(message.length, start + random.nextInt(MAX_PIECE_OCTETS));
            byte[] piece = Arrays.copyOfRange(message, start, end);
            String last = end == message.length ? " LAST\r\n" : "\r\n";
            if (random.nextInt(3) == 0) {
                commands.writeBytes(("BURL " + stored(server, piece) + last).getBytes(StandardCharsets.US_ASCII));
            } else {
                commands.writeBytes(("BDAT " + piece.length + last).getBytes(StandardCharsets.US_ASCII));
                commands.writeBytes(piece);
            }
            start = end;
        }
        send(client, commands.toByteArray(), random);
        List<String> replies = new ArrayList<>();
        for (int reply = 0; reply < pieces + 2; reply++) {
            replies.add(client.reply());
        }
        assertThat(replies).allMatch(reply -> reply.startsWith("250 2."));
    }

    private static void send(SmtpTestClient client, byte[] commands, Random random) throws Exception {
        for (int start = 0; start < commands.length;) {
            int end = Math.min(commands.length, start + 1 + random.nextInt(5_000));
            client.send(Arrays.copyOfRange(commands, start, end));
            start = end;
        }
    }

    /** The URL of a body with these octets. */
    private static String stored(SmtpTestServer server, byte[] octets) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes("Subject: piece\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(octets);
        var session = server.james().session(SmtpTestServer.ALICE);
        MessageManager inbox = server.james().mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        long uid = inbox.appendMessage(MessageManager.AppendCommand.builder().build(message.toByteArray()), session)
            .getId().getUid().asLong();
        return server.urls().authorize("imap://alice%40example.org@example.com/INBOX/;UID=" + uid
            + "/;SECTION=TEXT;URLAUTH=submit+alice%40example.org", "INTERNAL", SERVER, session).block();
    }
}

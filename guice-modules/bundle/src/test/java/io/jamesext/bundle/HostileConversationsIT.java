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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.StockJamesExtension;
import io.jamesext.testing.transcript.TrustingTls;

/** Broken commands of a logged-in user, pipelined, against the stock James: it stays up, says nothing of its inside, and serves on. */
@ExtendWith(StockJamesExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileConversationsIT {
    private static final String USER = "mallory@example.org";
    private static final long SEED = 20_261_120;
    private static final int CONVERSATIONS = 30;
    private static final int QUIET_MILLIS = 250;
    private static final List<String> INSERTS = List.of("(", ")", "{5}", "{5+}", "{9999999999}", "\"", "\\", "%", "*", "\r\n", "\0", "<",
        "&#0;", "\u00ff", "4294967296", "-1", " ");

    /** A protocol: its log-in, what the server says to a good one, and commands to break. */
    enum Protocol {
        IMAP(Listener.IMAP, "a LOGIN " + USER + " secret\r\n", "a OK", List.of("b SELECT INBOX\r\n",
            "c FETCH 1:* (FLAGS BODY[1.2]<0.5>)\r\n",
            "d SEARCH OR (NOT SEEN) UID 1:4294967295\r\n", "e APPEND INBOX {10+}\r\n0123456789\r\n", "g STORE 1:3 +FLAGS (x \\Seen)\r\n",
            "f APPEND INBOX CATENATE (URL \"/INBOX/;UID=1/;SECTION=TEXT\" TEXT {3+}\r\nabc)\r\n", "h LIST \"\" *\r\n")),
        XIMSS(Listener.XIMSS, "<login id=\"1\" authData=\"" + USER + "\" password=\"secret\"/>\0", "<response id=\"1\"/>", List.of(
            "<folderOpen id=\"3\" folder=\"f\" mailbox=\"INBOX\" sortField=\"From\"><field>Subject</field></folderOpen>\0",
            "<folderBrowse id=\"4\" folder=\"f\"><index from=\"0\" till=\"99\"/></folderBrowse>\0", "<mailboxList id=\"2\"/>\0",
            "<folderRead id=\"5\" folder=\"f\" UID=\"1\"/>\0", "<folderSync id=\"8\" folder=\"f\"/>\0",
            "<messageMark id=\"6\" folder=\"f\" flags=\"Flagged,-Seen\"><UID>1</UID></messageMark>\0")),
        AGAP(Listener.AGAP, "AUTH PLAIN\r\nUSER " + USER + "\r\nPASS secret\r\n", "200 OK Authenticated", List.of("SLCT /INBOX\r\n",
            "FIND\r\nOR\r\nTAG SEEN\r\nUID 00000001:zzzzzzzz\r\n\r\n", "RETR 00000001\r\n", "STAG 00000001 + a=b\r\n", "GTAG 00000001\r\n",
            "CHNG\r\n", "STAT\r\n", "LIST /*\r\n")),
        DMAP(Listener.DMAP, "a AUTHENTICATE PLAIN AG1hbGxvcnlAZXhhbXBsZS5vcmcAc2VjcmV0\r\n", "a OK", List.of("b SELECT INBOX\r\n",
            "c FETCH 1:5 (UID FLAGS BODYSTRUCTURE BODY.PEEK[67.1])\r\n", "d STORE 1 +FLAGS (\\Flagged)\r\n",
            "e SEARCH OR SEEN NOT FLAGGED\r\n",
            "f LIST \"\" {1+}\r\n*\r\n", "g STATUS INBOX (MESSAGES UIDNEXT)\r\n"));

        private final Listener listener;
        private final String logIn;
        private final String loggedIn;
        private final List<String> commands;

        Protocol(Listener listener, String logIn, String loggedIn, List<String> commands) {
            this.listener = listener;
            this.logIn = logIn;
            this.loggedIn = loggedIn;
            this.commands = commands;
        }
    }

    private final StockJames james;

    HostileConversationsIT(StockJames james) {
        this.james = james;
    }

    @BeforeAll
    void fill() throws IOException {
        james.create(USER);
        james.deliver(USER, "Subject: one\r\nFrom: a@example.org\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void brokenCommandsShouldHarmNobody(Protocol protocol) throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < CONVERSATIONS; i++) {
            StringBuilder conversation = new StringBuilder(random.nextInt(5) == 0 ? "" : protocol.logIn);
            for (int j = random.nextInt(8); j >= 0; j--) {
                conversation.append(broken(protocol.commands.get(random.nextInt(protocol.commands.size())), random));
            }
            assertThat(converse(protocol, conversation.toString())).as("seed %s, conversation %s", SEED, i)
                .doesNotContain("Exception", "java.lang", "io.jamesext");
        }
        assertThat(converse(protocol, protocol.logIn)).contains(protocol.loggedIn);
        assertThat(Files.readString(james.directory().path().resolve("logs/james.log")))
            .doesNotContain("[ERROR] i.j.", "StackOverflowError", "OutOfMemoryError", "LEAK:");
    }

    private String converse(Protocol protocol, String conversation) throws IOException {
        boolean encrypted = protocol.listener.answer() == Listener.Answer.TLS;
        Socket clear = new Socket(InetAddress.getLoopbackAddress(), james.ports().of(protocol.listener));
        try (Socket socket = encrypted ? TrustingTls.over(clear) : clear) {
            socket.getOutputStream().write(conversation.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(QUIET_MILLIS);
            return readUntilQuiet(socket.getInputStream());
        } catch (SocketException e) {
            // Closed on us with octets unread: its way to end what it cannot follow.
            return "";
        }
    }

    private static String readUntilQuiet(InputStream in) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answers.write(buffer, 0, read);
            }
        } catch (SocketTimeoutException e) {
            // Nothing more to say.
        }
        return answers.toString(StandardCharsets.ISO_8859_1);
    }

    private static String broken(String command, Random random) {
        StringBuilder text = new StringBuilder(command);
        for (int changes = random.nextInt(4); changes >= 0 && text.length() > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, at + 1 + random.nextInt(8));
                case 2 -> text.insert(at, INSERTS.get(random.nextInt(INSERTS.size())).repeat(1 + random.nextInt(40)));
                case 3 -> text.append(command);
                default -> text.insert(at, "A".repeat(1 + random.nextInt(3000)));
            }
        }
        return text.toString();
    }
}

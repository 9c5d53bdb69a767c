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
package io.jamesext.testing.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.google.common.collect.ImmutableMap;

/**
 * Measures a submission server with one client: messages that it sends, and messages that the server takes from the user's own mailbox.
 */
public final class SubmissionBench {
    private static final String MAILBOX = "Submitted";
    private static final double OCTETS_IN_A_MB = 1 << 20;
    private static final Map<String, Integer> OCTETS = ImmutableMap.of("10 KB", 10 << 10, "1 MB", 1 << 20);
    private static final String HEADER = "From: Bench <bench@example.org>\r\nSubject: submitted\r\n\r\n";
    private static final String LINE = "0123456789".repeat(7) + "\r\n";

    private final int smtpPort;
    private final int imapPort;
    private final String user;
    private final Consumer<String> progress;

    /**
     * Of the server on this loopback port.
     *
     * @param imapPort the loopback port of the user's mailboxes, for BURL
     * @param user has the password of all demonstrations
     */
    public SubmissionBench(int smtpPort, int imapPort, String user, Consumer<String> progress) {
        this.smtpPort = smtpPort;
        this.imapPort = imapPort;
        this.user = user;
        this.progress = progress;
    }

    /** How many messages and how many MB a second, by the row's title. */
    public Map<String, Double> measure() {
        Map<String, Double> figures = new LinkedHashMap<>();
        OCTETS.forEach((size, octets) -> {
            byte[] message = message(octets);
            List<Row<SmtpClient>> rows = List.of(
                new Row<>("DATA of " + size, "PIPELINING", client -> data(client, message)),
                new Row<>("BDAT of " + size, "CHUNKING", client -> bdat(client, message)),
                new Row<>("BURL of " + size, "BURL", new Burl(message)));
            Row.measure(rows, this::logIn, progress).forEach((title, rate) -> {
                figures.put(title + ", messages", rate);
                figures.put(title + ", MB", rate * message.length / OCTETS_IN_A_MB);
            });
        });
        return figures;
    }

    private SmtpClient logIn() throws IOException {
        return SmtpClient.logIn(smtpPort, user, "secret");
    }

    private int data(SmtpClient client, byte[] message) throws IOException {
        client.data(user, message);
        return 1;
    }

    private int bdat(SmtpClient client, byte[] message) throws IOException {
        client.bdat(user, message);
        return 1;
    }

    /** Stores its message and has the URL authorised once. */
    private final class Burl implements Row.Operation<SmtpClient> {
        private final byte[] message;
        private String url = "";

        Burl(byte[] message) {
            this.message = message;
        }

        @Override
        public int run(SmtpClient client) throws IOException {
            if (url.isEmpty()) {
                url = stored();
            }
            client.burl(user, url);
            return 1;
        }

        private String stored() throws IOException {
            String mailbox = MAILBOX + message.length;
            String name = user.replace("@", "%40");
            try (ImapClient client = ImapClient.logIn(imapPort, user, "secret")) {
                client.command("CREATE " + mailbox);
                client.append(mailbox, message);
                return client.authorized("imap://" + name + "@localhost:" + imapPort + "/" + mailbox + "/;UID=1;URLAUTH=submit+" + name);
            }
        }
    }

    /** So many octets in lines. */
    private static byte[] message(int octets) {
        int left = octets - HEADER.length();
        String text = HEADER + "x".repeat(left % LINE.length()) + LINE.repeat(left / LINE.length());
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

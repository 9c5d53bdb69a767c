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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Measures an IMAP server with one client, operation by operation: what a Lemonade client asks for. */
public final class OperationBench {
    private static final int PIPELINED = 50;
    private static final int LISTED = 5_000;
    private static final int ATTACHMENT_BYTES = 768 << 10;
    private static final int LINE = 76;
    private static final int KEPT = 20;
    private static final List<String> MAILBOXES = List.of("Large", "Appended");
    private static final String LARGE = "imap://${user}@localhost:${port}/Large/;UID=1";

    private final int port;
    private final String user;
    private final List<Integer> resynchronised;
    private final Consumer<String> progress;
    private final Corpus corpus = new Corpus();
    private final byte[] large = large();

    /**
     * Of the server on this loopback port.
     *
     * @param user has nothing yet but the password of all demonstrations
     * @param resynchronised messages in the mailboxes that are resynchronised
     */
    public OperationBench(int port, String user, List<Integer> resynchronised, Consumer<String> progress) {
        this.port = port;
        this.user = user;
        this.resynchronised = List.copyOf(resynchronised);
        this.progress = progress;
    }

    /** How much of each a second, by the row's title. */
    public Map<String, Double> measure() throws IOException {
        fill();
        return Row.measure(rows(), this::logIn, progress);
    }

    private List<Row<ImapClient>> rows() {
        List<Row<ImapClient>> rows = new ArrayList<>(List.of(
            new Row<>("APPEND of 4 KB", "LITERAL+", this::append),
            new Row<>("APPEND of 4 KB, pipelined", "LITERAL+", this::appendPipelined),
            new Row<>("CATENATE of a part of 1 MB", "CATENATE", new Catenate()),
            new Row<>("GENURLAUTH", "URLAUTH", this::authorise),
            new Row<>("URLFETCH of 1 MB", "URLAUTH", new UrlFetch()),
            new Row<>("FETCH BODY.PEEK[] of 1 MB", "IMAP4rev1", fetch("BODY.PEEK[]", large.length)),
            new Row<>("FETCH BODY.PEEK[2] of 1 MB", "IMAP4rev1", fetch("BODY.PEEK[2]", attachment().length)),
            new Row<>("FETCH BINARY.PEEK[2] of 768 KB", "BINARY", fetch("BINARY.PEEK[2]", ATTACHMENT_BYTES)),
            new Row<>("messages listed, FLAGS and ENVELOPE of " + LISTED, "IMAP4rev1", OperationBench::list)));
        for (int messages : resynchronised) {
            rows.add(new Resync("Resync" + messages, messages, progress).row());
        }
        return rows;
    }

    private ImapClient logIn() throws IOException {
        return ImapClient.logIn(port, user, "secret");
    }

    private void fill() throws IOException {
        try (ImapClient client = logIn()) {
            for (String mailbox : MAILBOXES) {
                client.command("CREATE " + mailbox);
            }
            client.append("Large", large);
            client.fill("Listed", LISTED, corpus);
        }
    }

    private int append(ImapClient client) throws IOException {
        client.finish(client.beginAppend("Appended", corpus.message(1)));
        return 1;
    }

    private int appendPipelined(ImapClient client) throws IOException {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < PIPELINED; i++) {
            tags.add(client.beginAppend("Appended", corpus.message(i)));
        }
        for (String tag : tags) {
            client.finish(tag);
        }
        return PIPELINED;
    }

    /** Throws away now and then what it has made: the memory backend must not run out of memory. */
    private static final class Catenate implements Row.Operation<ImapClient> {
        private int made;

        @Override
        public int run(ImapClient client) throws IOException {
            if (made++ % KEPT == 0) {
                client.command("DELETE Appended");
                client.command("CREATE Appended");
            }
            client.command("APPEND Appended CATENATE (URL \"/Large/;UID=1/;SECTION=HEADER\" URL \"/Large/;UID=1/;SECTION=TEXT\")");
            return 1;
        }
    }

    private int authorise(ImapClient client) throws IOException {
        url(client);
        return 1;
    }

    private String url(ImapClient client) throws IOException {
        return client.authorized(LARGE.replace("${user}", user.replace("@", "%40")).replace("${port}", Integer.toString(port))
            + ";URLAUTH=authuser");
    }

    /** Makes its URL once. */
    private final class UrlFetch implements Row.Operation<ImapClient> {
        private String url = "";

        @Override
        public int run(ImapClient client) throws IOException {
            if (url.isEmpty()) {
                url = url(client);
            }
            List<String> answer = client.command("URLFETCH \"" + url + "\"");
            expect(answer.toString().contains("{" + large.length + "}"), answer);
            return 1;
        }
    }

    private static Row.Operation<ImapClient> fetch(String item, int bytes) {
        return new Row.Operation<>() {
            private boolean selected;

            @Override
            public int run(ImapClient client) throws IOException {
                if (!selected) {
                    client.command("SELECT Large");
                    selected = true;
                }
                List<String> answer = client.command("UID FETCH 1 " + item);
                expect(answer.toString().contains("{" + bytes + "}"), answer);
                return 1;
            }
        };
    }

    private static int list(ImapClient client) throws IOException {
        client.command("EXAMINE Listed");
        List<String> answer = client.command("FETCH 1:* (FLAGS ENVELOPE)");
        expect(answer.stream().filter(line -> line.contains("ENVELOPE (")).count() == LISTED, answer);
        return LISTED;
    }

    private static void expect(boolean right, List<String> answer) throws IOException {
        if (!right) {
            String shown = answer.toString();
            throw new IOException("wrong answer: " + shown.substring(0, Math.min(shown.length(), 200)));
        }
    }

    private static byte[] attachment() {
        byte[] octets = new byte[ATTACHMENT_BYTES];
        new Random(1).nextBytes(octets);
        return Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'}).encode(octets);
    }

    /** A text, and an attachment in base64. */
    private static byte[] large() {
        String head = String.join("\r\n", "From: Bench <bench@example.org>", "Subject: large", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "", "With an attachment.", "--b",
            "Content-Type: application/octet-stream", "Content-Transfer-Encoding: base64", "", "");
        return (head + new String(attachment(), StandardCharsets.US_ASCII) + "\r\n--b--\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}

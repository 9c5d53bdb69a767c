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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Just enough of an IMAP client (RFC 3501) to keep a server busy and to see whether it has kept its messages: of a literal it keeps the
 * length and the CRC-32, not the octets.
 */
public final class ImapClient implements MeasuredClient {
    /** Of the messages that a mailbox is filled with. */
    static final int ORIGINALS = 100;
    private static final int BUFFER = 1 << 16;
    private static final int SMALL_BUFFER = 1 << 10;
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)}");
    private static final Pattern TOKEN = Pattern.compile(".*\"(imap:[^\"]+)\".*");

    private final Connection connection;
    private final byte[] buffer;
    private int tags;

    private ImapClient(Connection connection, int bufferBytes) {
        this.connection = connection;
        this.buffer = new byte[bufferBytes];
    }

    /** Connects to this loopback port and logs in. */
    public static ImapClient logIn(int port, String user, String password) throws IOException {
        return logIn(Connection.to(port), BUFFER, user, password);
    }

    /** The same with small buffers, for a client that is one of many. */
    static ImapClient frugal(int port, String user, String password) throws IOException {
        return logIn(Connection.frugal(port), SMALL_BUFFER, user, password);
    }

    /** The same over TLS from the first octet. */
    static ImapClient overTls(int port, String user, String password) throws IOException {
        return logIn(Connection.overTls(port), BUFFER, user, password);
    }

    /** Connects to a loopback port of DMAP, which looks like IMAP but has no LOGIN and is under TLS. */
    public static ImapClient dmap(int port, String user, String password) throws IOException {
        String initial = Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
        return authenticated(Connection.overTls(port), BUFFER, "AUTHENTICATE PLAIN " + initial);
    }

    private static ImapClient logIn(Connection connection, int bufferBytes, String user, String password) throws IOException {
        return authenticated(connection, bufferBytes, "LOGIN " + user + " " + password);
    }

    private static ImapClient authenticated(Connection connection, int bufferBytes, String command) throws IOException {
        try {
            ImapClient client = new ImapClient(connection, bufferBytes);
            client.line();
            client.command(command);
            return client;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Sends a command; answers the untagged responses with checksums in the place of literals. Fails when the server does not say OK. */
    public List<String> command(String command) throws IOException {
        return finish(begin(command));
    }

    /** Writes a command, which is sent with the next one that is finished; answers its tag. */
    public String begin(String command) throws IOException {
        String tag = "t" + ++tags;
        connection.write(tag + " " + command + "\r\n");
        return tag;
    }

    /** The same for an APPEND with a non-synchronising literal, RFC 7888. */
    public String beginAppend(String mailbox, byte[] message) throws IOException {
        String tag = "t" + ++tags;
        connection.write(tag + " APPEND " + mailbox + " {" + message.length + "+}\r\n");
        connection.write(message);
        connection.write("\r\n");
        return tag;
    }

    /** The same for several messages, RFC 3502: all are stored, or none. */
    String beginAppend(String mailbox, List<byte[]> messages) throws IOException {
        String tag = "t" + ++tags;
        connection.write(tag + " APPEND " + mailbox);
        for (byte[] message : messages) {
            connection.write(" {" + message.length + "+}\r\n");
            connection.write(message);
        }
        connection.write("\r\n");
        return tag;
    }

    /** Sends what was begun, and does not wait. */
    void send() throws IOException {
        connection.flush();
    }

    /** Waits for the answer to a command that was begun, as {@link #command} does. They are finished in the order of their beginning. */
    public List<String> finish(String tag) throws IOException {
        connection.flush();
        return untilTagged(tag);
    }

    @Override
    public Set<String> capabilities() throws IOException {
        return command("CAPABILITY").stream()
            .filter(line -> line.startsWith("* CAPABILITY "))
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .collect(Collectors.toUnmodifiableSet());
    }

    /** RFC 3501 section 6.3.11, with a synchronising literal. */
    public void append(String mailbox, byte[] message) throws IOException {
        String tag = "t" + ++tags;
        connection.write(tag + " APPEND " + mailbox + " {" + message.length + "}\r\n");
        connection.flush();
        String answer = line();
        if (!answer.startsWith("+")) {
            throw new IOException("the IMAP server answered APPEND: " + answer);
        }
        connection.write(message);
        connection.write("\r\n");
        connection.flush();
        untilTagged(tag);
    }

    /** Makes a mailbox with so many messages, copies of {@value #ORIGINALS}. */
    void fill(String mailbox, int messages, Corpus corpus) throws IOException {
        String originals = mailbox + "Originals";
        command("CREATE " + originals);
        command("CREATE " + mailbox);
        for (int i = 0; i < ORIGINALS; i++) {
            append(originals, corpus.message(i));
        }
        command("SELECT " + originals);
        for (int copied = 0; copied < messages; copied += ORIGINALS) {
            command("COPY 1:" + Math.min(ORIGINALS, messages - copied) + " " + mailbox);
        }
    }

    /** RFC 2177: begins to wait for news; answers the tag for {@link #endIdle}. */
    String beginIdle() throws IOException {
        String tag = begin("IDLE");
        connection.flush();
        String answer = line();
        while (!answer.startsWith("+")) {
            if (answer.startsWith(tag + " ")) {
                throw new IOException("the IMAP server answered IDLE: " + answer);
            }
            answer = line();
        }
        return tag;
    }

    /** Waits for the next untagged response, which IDLE allows at any time. */
    String news() throws IOException {
        return line();
    }

    /** Ends what {@link #beginIdle} began. */
    void endIdle(String tag) throws IOException {
        connection.write("DONE\r\n");
        finish(tag);
    }

    /**
     * Has a URL authorised, RFC 4467 section 7.
     *
     * @param rump with its access identifier, without quotes
     */
    String authorized(String rump) throws IOException {
        String answer = String.join("", command("GENURLAUTH \"" + rump + "\" INTERNAL"));
        Matcher token = TOKEN.matcher(answer);
        if (!token.matches()) {
            throw new IOException("the IMAP server answered GENURLAUTH: " + answer);
        }
        return token.group(1);
    }

    /** What went over the wire until now. */
    Traffic traffic() {
        return connection.traffic();
    }

    @Override
    public void close() throws IOException {
        try {
            command("LOGOUT");
        } finally {
            connection.close();
        }
    }

    private List<String> untilTagged(String tag) throws IOException {
        List<String> untagged = new ArrayList<>();
        while (true) {
            String line = line();
            if (line.startsWith(tag + " ")) {
                if (!line.startsWith(tag + " OK")) {
                    throw new IOException("the IMAP server answered: " + line);
                }
                return untagged;
            }
            untagged.add(line);
        }
    }

    /** A line with a checksum after the length of each of its literals. */
    private String line() throws IOException {
        String part = connection.line();
        StringBuilder line = new StringBuilder(part);
        for (Matcher literal = LITERAL.matcher(part); literal.matches(); literal = LITERAL.matcher(part)) {
            line.append(checksum(Long.parseLong(literal.group(1))));
            part = connection.line();
            line.append(part);
        }
        return line.toString();
    }

    private String checksum(long length) throws IOException {
        CRC32 checksum = new CRC32();
        for (long left = length; left > 0;) {
            int read = connection.read(buffer, left);
            checksum.update(buffer, 0, read);
            left -= read;
        }
        return Long.toHexString(checksum.getValue());
    }
}

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

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of an IMAP client (RFC 3501) to keep a server busy: it reads literals past and keeps the lines around them. */
final class ImapClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)}");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int tags;

    private ImapClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** Connects to this loopback port and logs in. */
    static ImapClient logIn(int port, String user, String password) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            ImapClient client = new ImapClient(socket);
            client.line();
            client.command("LOGIN " + user + " " + password);
            return client;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command; answers the untagged responses without their literals. Fails when the server does not say OK. */
    List<String> command(String command) throws IOException {
        String tag = "t" + ++tags;
        write(tag + " " + command + "\r\n");
        out.flush();
        return untilTagged(tag);
    }

    /** RFC 3501 section 6.3.11, with a synchronising literal. */
    void append(String mailbox, byte[] message) throws IOException {
        String tag = "t" + ++tags;
        write(tag + " APPEND " + mailbox + " {" + message.length + "}\r\n");
        out.flush();
        String answer = line();
        if (!answer.startsWith("+")) {
            throw new IOException("the IMAP server answered APPEND: " + answer);
        }
        out.write(message);
        write("\r\n");
        out.flush();
        untilTagged(tag);
    }

    @Override
    public void close() throws IOException {
        try {
            command("LOGOUT");
        } finally {
            socket.close();
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

    /** A line with its literals left out. */
    private String line() throws IOException {
        String part = physicalLine();
        StringBuilder line = new StringBuilder(part);
        for (Matcher literal = LITERAL.matcher(part); literal.matches(); literal = LITERAL.matcher(part)) {
            in.skipNBytes(Long.parseLong(literal.group(1)));
            part = physicalLine();
            line.append(part);
        }
        return line.toString();
    }

    private String physicalLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet != '\n') {
            if (octet < 0) {
                throw new EOFException("the IMAP server has closed the connection");
            }
            if (octet != '\r') {
                line.write(octet);
            }
            octet = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}

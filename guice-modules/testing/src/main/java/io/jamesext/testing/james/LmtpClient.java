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

package io.jamesext.testing.james;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Delivers messages over LMTP (RFC 2033) on one connection, one recipient a message. */
public final class LmtpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String SENDER = "corpus@example.org";

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    private LmtpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Connects and says LHLO. */
    public static LmtpClient connect(Ports ports) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(Ports.loopback(ports.of(Listener.LMTP)), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            LmtpClient client = new LmtpClient(socket);
            client.expect(client.reply(), '2');
            client.expect(client.command("LHLO localhost"), '2');
            return client;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Delivers the message as it is; answers why the server refused it, or nothing when it is in the mailbox. */
    public Optional<String> deliver(byte[] message, String recipient) throws IOException {
        // RSET first: James's LMTP server does not forget the sender after DATA, as RFC 5321 section 4.1.1.4 wants it to.
        for (String command : new String[] {"RSET", "MAIL FROM:<" + SENDER + ">", "RCPT TO:<" + recipient + ">", "DATA"}) {
            String reply = command(command);
            if (reply.charAt(0) != '2' && reply.charAt(0) != '3') {
                return Optional.of(reply);
            }
        }
        writeData(message, out);
        out.flush();
        String reply = reply();
        return reply.charAt(0) == '2' ? Optional.empty() : Optional.of(reply);
    }

    @Override
    public void close() throws IOException {
        try {
            command("QUIT");
        } finally {
            socket.close();
        }
    }

    /** RFC 5321 section 4.5.2: a dot at the start of a line is doubled; section 2.3.8: lines end with CR LF and nothing else. */
    static void writeData(byte[] message, OutputStream out) throws IOException {
        int previous = '\n';
        for (byte octet : message) {
            if (octet == '\n' && previous != '\r') {
                out.write('\r');
            }
            if (octet == '.' && previous == '\n') {
                out.write('.');
            }
            out.write(octet);
            previous = octet;
        }
        out.write((previous == '\n' ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private String command(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    /** The last line of a reply. */
    private String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null || line.isEmpty()) {
            throw new IOException("the LMTP server closed the connection");
        }
        return line;
    }

    private void expect(String reply, char first) throws IOException {
        if (reply.charAt(0) != first) {
            throw new IOException("the LMTP server answered: " + reply);
        }
    }
}

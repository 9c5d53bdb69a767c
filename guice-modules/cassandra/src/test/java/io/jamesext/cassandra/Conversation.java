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

package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A conversation in lines with a server of this machine. */
public final class Conversation implements AutoCloseable {
    private static final int SILENCE_MILLIS = 60_000;

    private final Socket socket;
    private final BufferedReader in;
    private int commands;

    private Conversation(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Connects and reads the greeting. */
    public static Conversation open(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(SILENCE_MILLIS);
        Conversation conversation = new Conversation(socket);
        conversation.in.readLine();
        return conversation;
    }

    /** Sends an IMAP command, expects OK and answers the lines before it. */
    public String imap(String command) throws IOException {
        String tag = "a" + ++commands;
        send(tag + " " + command);
        List<String> lines = new ArrayList<>();
        for (String line = read(); ; line = read()) {
            if (line.startsWith(tag + " ")) {
                assertThat(line).as(command).startsWith(tag + " OK");
                return String.join("\n", lines);
            }
            lines.add(line);
        }
    }

    /** Sends an IMAP command and answers its last line, which says how it ended. */
    String end(String command) throws IOException {
        String tag = "a" + ++commands;
        send(tag + " " + command);
        String line = read();
        while (!line.startsWith(tag + " ")) {
            line = read();
        }
        return line.substring(tag.length() + 1);
    }

    /** Sends an SMTP or LMTP line and expects a reply code. */
    public void smtp(String line, String code) throws IOException {
        send(line);
        String reply = read();
        while (reply.startsWith("-", 3)) {
            reply = read();
        }
        assertThat(reply).as(line).startsWith(code);
    }

    /** Delivers one mail: when this returns, the server has accepted it. */
    public void deliver(String recipient, String subject) throws IOException {
        deliverMail(recipient, "Subject: " + subject + "\r\nFrom: sender@example.com\r\n\r\ntext of " + subject);
    }

    /** Delivers one mail as it is. */
    void deliverMail(String recipient, String mail) throws IOException {
        smtp("RSET", "250");
        smtp("MAIL FROM:<sender@example.com>", "250");
        smtp("RCPT TO:<" + recipient + ">", "250");
        smtp("DATA", "354");
        smtp(mail + "\r\n.", "250");
    }

    private void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server closed the connection");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

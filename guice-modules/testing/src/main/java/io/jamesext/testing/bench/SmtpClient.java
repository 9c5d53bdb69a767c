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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Just enough of an SMTP client (RFC 5321) to keep a submission server busy. What belongs to one message goes out in one flight: RFC 2920.
 */
final class SmtpClient implements MeasuredClient {
    private final Connection connection;

    private SmtpClient(Connection connection) {
        this.connection = connection;
    }

    /** Connects to this loopback port, and logs in where the server wants that. */
    static SmtpClient logIn(int port, String user, String password) throws IOException {
        Connection connection = Connection.to(port);
        try {
            SmtpClient client = new SmtpClient(connection);
            client.expect("220");
            if (client.capabilities().contains("AUTH")) {
                byte[] response = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
                client.command("AUTH PLAIN " + Base64.getEncoder().encodeToString(response), "235");
            }
            return client;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** The keywords of EHLO. */
    @Override
    public Set<String> capabilities() throws IOException {
        return command("EHLO localhost", "250").stream()
            .map(line -> line.substring(4).split(" ")[0])
            .collect(Collectors.toUnmodifiableSet());
    }

    /** RFC 5321 section 4.1.1.4. The message ends with CRLF, and none of its lines begins with a dot. */
    void data(String address, byte[] message) throws IOException {
        begin(address, "DATA");
        connection.flush();
        expectEnvelope();
        expect("354");
        connection.write(message);
        connection.write(".\r\n");
        connection.flush();
        expect("250");
    }

    /** RFC 3030 section 2, in one chunk. */
    void bdat(String address, byte[] message) throws IOException {
        begin(address, "BDAT " + message.length + " LAST");
        connection.write(message);
        connection.flush();
        expectEnvelope();
        expect("250");
    }

    /** RFC 4468 section 3.2, with the message behind the URL. */
    void burl(String address, String url) throws IOException {
        begin(address, "BURL " + url + " LAST");
        connection.flush();
        expectEnvelope();
        expect("250");
    }

    @Override
    public void close() throws IOException {
        try {
            command("QUIT", "221");
        } finally {
            connection.close();
        }
    }

    /** A message from someone to themself. */
    private void begin(String address, String content) throws IOException {
        connection.write("MAIL FROM:<" + address + ">\r\nRCPT TO:<" + address + ">\r\n" + content + "\r\n");
    }

    private void expectEnvelope() throws IOException {
        expect("250");
        expect("250");
    }

    private List<String> command(String command, String code) throws IOException {
        connection.write(command + "\r\n");
        connection.flush();
        return expect(code);
    }

    /** The lines of the next reply, which has this code. */
    private List<String> expect(String code) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(connection.line());
        } while (lines.get(lines.size() - 1).startsWith("-", 3));
        if (!lines.get(0).startsWith(code + " ") && !lines.get(0).startsWith(code + "-")) {
            throw new IOException("the SMTP server answered: " + lines.get(0));
        }
        return lines;
    }
}

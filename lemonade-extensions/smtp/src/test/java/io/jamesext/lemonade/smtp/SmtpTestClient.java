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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.apache.james.core.Username;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/** A client that sends what it is told to and reads replies. */
final class SmtpTestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private Socket socket;
    private InputStream in;

    SmtpTestClient(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Behind the greeting and EHLO. */
    static SmtpTestClient greeted(SmtpTestServer server) throws IOException {
        SmtpTestClient client = new SmtpTestClient(server.port());
        client.reply();
        client.command("EHLO client.example.org");
        return client;
    }

    /** Behind the log-in. */
    static SmtpTestClient loggedIn(SmtpTestServer server, Username user) throws IOException {
        SmtpTestClient client = greeted(server);
        client.command("AUTH PLAIN " + plain(user, SmtpTestServer.PASSWORD));
        return client;
    }

    /** Behind MAIL and RCPT too. */
    static SmtpTestClient inTransaction(SmtpTestServer server, String parameters) throws IOException {
        SmtpTestClient client = loggedIn(server, SmtpTestServer.ALICE);
        client.command("MAIL FROM:<alice@example.org>" + parameters);
        client.command("RCPT TO:<bob@example.org>");
        return client;
    }

    static String plain(Username user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user.asString() + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Goes on over TLS, with whoever answers. */
    void secure() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        socket = tls;
        in = new BufferedInputStream(tls.getInputStream());
    }

    /** Closes this side. */
    void end() throws IOException {
        socket.shutdownOutput();
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a line and gives the last line of the reply to it. */
    String command(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    /** A chunk: {@code BDAT} with its octets, and the reply. */
    String chunk(byte[] octets, boolean last) throws IOException {
        send(("BDAT " + octets.length + (last ? " LAST" : "") + "\r\n").getBytes(StandardCharsets.US_ASCII));
        send(octets);
        return reply();
    }

    /** The last line of the next reply. */
    String reply() throws IOException {
        List<String> lines = lines();
        return lines.get(lines.size() - 1);
    }

    /** All lines of the next reply. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (lines.get(lines.size() - 1).matches("\\d{3}-.*"));
        return lines;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                return "closed";
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.US_ASCII).trim();
            }
            line.write(octet);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

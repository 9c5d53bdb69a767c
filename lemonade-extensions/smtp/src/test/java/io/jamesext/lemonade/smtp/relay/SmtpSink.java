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

package io.jamesext.lemonade.smtp.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

import io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer;

/** A next hop: takes what it is sent, and keeps it. With a context for TLS it speaks that from the start, or behind STARTTLS. */
final class SmtpSink implements AutoCloseable {
    /** What one DATA ended; the octets as they were on the wire, without dot-stuffing. */
    record Transaction(String mail, List<String> rcpt, String data) {
    }

    enum Security {
        NONE,
        STARTTLS,
        IMPLICIT
    }

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Transaction> transactions = new LinkedBlockingQueue<>();
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> extensions;
    private final Security security;
    private final Thread thread = new Thread(this::serve, "sink");

    SmtpSink(String... extensions) throws IOException {
        this(Security.NONE, extensions);
    }

    SmtpSink(Security security, String... extensions) throws IOException {
        this.security = security;
        this.extensions = List.of(extensions);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** What it answers to a command that begins so, in the place of success. */
    SmtpSink replying(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    void replyingNoMore(String command) {
        replies.remove(command);
    }

    Transaction next() throws InterruptedException {
        Transaction next = transactions.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was sent");
        }
        return next;
    }

    /** Which it has read, of all connections. */
    List<String> commands() {
        return commands;
    }

    boolean isEmpty() {
        return transactions.isEmpty();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                session(security == Security.IMPLICIT ? secured(socket) : socket);
            } catch (IOException e) {
                // The client has gone, or the test is over.
            }
        }
    }

    private static Socket secured(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) ScriptedImapServer.TLS.getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        return tls;
    }

    private void session(Socket socket) throws IOException {
        answer(socket.getOutputStream(), "220 hop.example.org");
        conversation(socket);
    }

    private void conversation(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        String mail = "";
        List<String> rcpt = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String command = line.strip();
            commands.add(command);
            String reply = replies.entrySet().stream()
                .filter(entry -> command.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse("");
            if (!reply.isEmpty()) {
                answer(out, reply);
            } else if (command.startsWith("EHLO")) {
                answer(out, extensions.isEmpty() ? "250 hop" : "250-hop\r\n250-" + String.join("\r\n250-", extensions) + "\r\n250 HELP");
            } else if (command.equals("STARTTLS") && security == Security.STARTTLS) {
                answer(out, "220 go on");
                conversation(secured(socket));
                return;
            } else if (command.equals("DATA")) {
                answer(out, "354 go on");
                String data = data(in);
                // What answers "." comes after the data.
                String end = replies.getOrDefault(".", "250 2.0.0 Taken");
                if (end.startsWith("2")) {
                    transactions.add(new Transaction(mail, List.copyOf(rcpt), data));
                }
                rcpt.clear();
                answer(out, end);
            } else {
                mail = command.startsWith("MAIL") ? command : mail;
                if (command.startsWith("RCPT")) {
                    rcpt.add(command);
                }
                answer(out, command.equals("QUIT") ? "221 bye" : "250 2.0.0 OK");
            }
        }
    }

    private static String data(InputStream in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = line(in); !line.equals(".\r\n"); line = line(in)) {
            if (line.isEmpty()) {
                throw new IOException("the data has no end");
            }
            data.append(line.startsWith(".") ? line.substring(1) : line);
        }
        return data.toString();
    }

    /** With its CRLF; a bare CR or LF ends no line. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n' && last == '\r') {
                return line.toString(ISO_8859_1);
            }
            last = octet;
        }
        return "";
    }

    private static void answer(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}

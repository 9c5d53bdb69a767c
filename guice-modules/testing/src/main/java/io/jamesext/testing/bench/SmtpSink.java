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

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/**
 * An SMTP server on the loopback that takes everything and throws it away: where Dovecot's submission server, which keeps no mail, relays
 * to. Its relay sends messages with BDAT (RFC 3030), so there is no DATA.
 */
final class SmtpSink implements Closeable {
    private static final int WAITING = 50;

    private final ServerSocket listener;

    private SmtpSink(ServerSocket listener) {
        this.listener = listener;
    }

    /** On a free port. */
    static SmtpSink open() throws IOException {
        SmtpSink sink = new SmtpSink(new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress()));
        run(sink::listen);
        return sink;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Takes no connections any more; those that there are end with their clients. */
    @Override
    public void close() throws IOException {
        listener.close();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                run(() -> serve(socket));
            } catch (IOException e) {
                // Closed, or a client that has gone at once.
            }
        }
    }

    private static void serve(Socket socket) {
        try (Connection connection = new Connection(socket)) {
            connection.write("220 localhost ESMTP\r\n");
            connection.flush();
            String verb = "";
            while (!verb.equals("QUIT")) {
                String[] command = connection.line().split(" ", -1);
                verb = command[0].toUpperCase(Locale.ROOT);
                if (verb.equals("BDAT")) {
                    connection.skip(Long.parseLong(command[1]));
                }
                connection.write(switch (verb) {
                    case "EHLO" -> "250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 CHUNKING\r\n";
                    case "QUIT" -> "221 2.0.0 Bye\r\n";
                    default -> "250 2.0.0 OK\r\n";
                });
                if (!connection.hasMore()) {
                    connection.flush();
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }
}

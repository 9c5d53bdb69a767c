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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.james.util.Host;

/** A port that leads to another one from the moment it is opened: a server that comes late, or goes away. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Relay(ServerSocket listener, Host target) {
        this.listener = listener;
        start(() -> {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                Socket server = new Socket(target.getHostName(), target.getPort());
                sockets.addAll(List.of(client, server));
                start(() -> client.getInputStream().transferTo(server.getOutputStream()));
                start(() -> server.getInputStream().transferTo(client.getOutputStream()));
            }
        });
    }

    static Relay listen(int port, Host target) {
        try {
            return new Relay(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // The end of a connection, as it is wanted here.
            }
        }, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}

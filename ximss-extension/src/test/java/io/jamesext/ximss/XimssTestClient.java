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
package io.jamesext.ximss;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client for what transcripts cannot do: odd bytes, half-closed sockets, not reading. */
final class XimssTestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    final Socket socket;
    private final InputStream in;

    XimssTestClient(int port) throws IOException {
        this.socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    XimssTestClient logIn() throws IOException {
        send("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0");
        readUntil("<response id=\"L\"");
        return this;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next message, or an empty text at the end. */
    String read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int b = in.read(); b > 0; b = in.read()) {
            message.write(b);
        }
        return message.toString(StandardCharsets.UTF_8);
    }

    /** Reads on until a message begins in a certain way, and gives it. */
    String readUntil(String beginning) throws IOException {
        String message = read();
        while (!message.startsWith(beginning)) {
            if (message.isEmpty()) {
                throw new IOException("closed before " + beginning);
            }
            message = read();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

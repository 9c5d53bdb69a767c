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

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Just enough of a XIMSS client to keep a server busy: it sends elements, and cuts what comes at the zeros without reading the XML. Answers
 * and asynchronous messages are told apart by the id.
 */
final class XimssClient implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int SMALL_BUFFER = 1 << 10;

    private final Connection connection;
    private final byte[] buffer;
    private int position;
    private int limit;
    private int requests;
    private boolean notified;

    private XimssClient(Connection connection, int bufferBytes) {
        this.connection = connection;
        this.buffer = new byte[bufferBytes];
    }

    /** Connects to this loopback port and logs in. */
    static XimssClient logIn(int port, String user, String password) throws IOException {
        return logIn(Connection.to(port), BUFFER, user, password);
    }

    /** The same with small buffers, for a client that is one of many. */
    static XimssClient frugal(int port, String user, String password) throws IOException {
        return logIn(Connection.frugal(port), SMALL_BUFFER, user, password);
    }

    private static XimssClient logIn(Connection connection, int bufferBytes, String user, String password) throws IOException {
        try {
            XimssClient client = new XimssClient(connection, bufferBytes);
            client.request("login", "authData=\"" + user + "\" password=\"" + password + "\"/>");
            return client;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Sends a request and waits for its response; fails when that is an error.
     *
     * @param verb the request's name
     * @param rest what follows the id: other attributes, the end of the tag, and perhaps a body and an end tag
     * @return the data messages of the request
     */
    List<String> request(String verb, String rest) throws IOException {
        String id = " id=\"r" + ++requests + "\"";
        connection.write(("<" + verb + id + " " + rest + "\0").getBytes(StandardCharsets.UTF_8));
        connection.flush();
        List<String> data = new ArrayList<>();
        while (true) {
            String message = message();
            if (message.startsWith("<response" + id)) {
                if (message.contains("errorText=")) {
                    throw new IOException("the XIMSS server answered " + verb + ": " + message);
                }
                return data;
            }
            if (message.startsWith(id, message.indexOf(' '))) {
                data.add(message);
            } else {
                note(message);
            }
        }
    }

    /** Returns when the server has sent a notify-mode folderReport since the last call, or when it sends one. */
    void awaitNotify() throws IOException {
        while (!notified) {
            note(message());
        }
        notified = false;
    }

    @Override
    public void close() throws IOException {
        try {
            request("bye", "/>");
        } finally {
            connection.close();
        }
    }

    private void note(String message) {
        notified |= message.startsWith("<folderReport ") && message.contains(" mode=\"notify\"");
    }

    private String message() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int end = position;
            while (end < limit && buffer[end] != 0) {
                end++;
            }
            message.write(buffer, position, end - position);
            position = end + 1;
            if (end < limit) {
                return message.toString(StandardCharsets.UTF_8);
            }
            limit = connection.read(buffer, buffer.length);
            position = 0;
        }
    }
}

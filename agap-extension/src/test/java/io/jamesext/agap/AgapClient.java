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
package io.jamesext.agap;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.jamesext.agap.change.Fcid;
import io.jamesext.testing.transcript.TrustingTls;

/** A small client, for tests that need what the server said. */
final class AgapClient implements AutoCloseable {
    private Socket socket;
    private OutputStream out;
    private Supplier<InputStream> in;
    private Optional<BufferedReader> reader = Optional.empty();

    AgapClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = () -> input(this.socket);
        response();
    }

    /** Compresses from now on, by what Java has for gzip. */
    void compress() throws IOException {
        out = new GZIPOutputStream(socket.getOutputStream(), true);
        inflate();
    }

    /** Reads what is compressed from now on. */
    void inflate() {
        in = () -> {
            try {
                return new FilterInputStream(new GZIPInputStream(input(socket))) {
                    @Override
                    public int available() {
                        // Java's says that there is always more, and a reader would wait for it.
                        return 0;
                    }
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        reader = Optional.empty();
    }

    /** Begins TLS. */
    void encrypt() throws IOException {
        socket = TrustingTls.over(socket);
        out = socket.getOutputStream();
        in = () -> input(socket);
        reader = Optional.empty();
    }

    private static InputStream input(Socket socket) {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not before something is read: a gzip stream has a header. */
    private BufferedReader reader() {
        reader = Optional.of(reader.orElseGet(() -> new BufferedReader(new InputStreamReader(in.get(), StandardCharsets.UTF_8))));
        return reader.get();
    }

    void logIn() throws IOException {
        command("AUTH PLAIN");
        command("USER alice@example.org");
        if (!command("PASS secret").equals(List.of("200 OK Authenticated"))) {
            throw new IOException("not logged in");
        }
    }

    /** The whole response, its last line included. */
    List<String> command(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return response();
    }

    /** The lines that FIND gives for a filter. */
    List<String> find(String filter) throws IOException {
        command("FIND");
        List<String> response = command(filter.isEmpty() ? "" : filter + "\r\n");
        return response.subList(0, response.size() - 1);
    }

    String fcid(String path) throws IOException {
        return command("CHNG " + path).stream().filter(line -> line.endsWith(" " + path)).findFirst().orElseThrow()
            .substring(1, 1 + Fcid.LENGTH);
    }

    void send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    List<String> response() throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = reader().readLine();
            if (line == null) {
                return lines;
            }
            lines.add(line);
        } while (line.startsWith("."));
        return lines;
    }

    /** True when the server has closed and said no more. */
    boolean isClosed() throws IOException {
        return reader().readLine() == null;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

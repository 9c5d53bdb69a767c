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

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.jamesext.testing.transcript.TrustingTls;

/** A connection of a protocol of lines with octets between them, buffered on both sides. */
final class Connection implements Closeable {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int BUFFER = 1 << 16;
    private static final int SMALL_BUFFER = 1 << 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean isWritten;
    private long flights;
    private long octets;

    Connection(Socket socket) throws IOException {
        this(socket, BUFFER);
    }

    private Connection(Socket socket, int bufferBytes) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), bufferBytes);
        this.out = new BufferedOutputStream(socket.getOutputStream(), bufferBytes);
    }

    /** To this loopback port. */
    static Connection to(int port) throws IOException {
        return new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** The same over TLS, whoever signed the certificate. */
    static Connection overTls(int port) throws IOException {
        return new Connection(TrustingTls.over(new Socket(InetAddress.getLoopbackAddress(), port)));
    }

    /** The same with small buffers, for a client that is one of many. */
    static Connection frugal(int port) throws IOException {
        return new Connection(new Socket(InetAddress.getLoopbackAddress(), port), SMALL_BUFFER);
    }

    /** The next line without its end. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        octets++;
        while (octet != '\n') {
            if (octet < 0) {
                throw closed();
            }
            if (octet != '\r') {
                line.write(octet);
            }
            octet = in.read();
            octets++;
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads into the buffer, at least one octet and at most so many or as fit; answers how many. */
    int read(byte[] buffer, long most) throws IOException {
        int read = in.read(buffer, 0, (int) Math.min(most, buffer.length));
        if (read < 0) {
            throw closed();
        }
        octets += read;
        return read;
    }

    void skip(long count) throws IOException {
        in.skipNBytes(count);
        octets += count;
    }

    /** Whether more has come than was read. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void write(byte[] some) throws IOException {
        out.write(some);
        isWritten = true;
        octets += some.length;
    }

    /** Sends what was written. */
    void flush() throws IOException {
        out.flush();
        flights += isWritten ? 1 : 0;
        isWritten = false;
    }

    /** What went over it, as its client has read and sent it. */
    Traffic traffic() {
        return new Traffic(flights, octets);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static EOFException closed() {
        return new EOFException("the other side has closed the connection");
    }
}

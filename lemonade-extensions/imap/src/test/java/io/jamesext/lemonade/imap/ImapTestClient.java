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

package io.jamesext.lemonade.imap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

import io.jamesext.testing.transcript.TrustingTls;

/** A socket that speaks in octets and lines, so that a test decides what stands in which segment. */
public final class ImapTestClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private @Nullable InputStream wire;

    public ImapTestClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private ImapTestClient(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
    }

    public Socket socket() {
        return socket;
    }

    public ImapTestClient write(String octets) throws IOException {
        return write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    public ImapTestClient write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** Writes in two segments, with time for the server to read the first one. */
    public void writeSplitAt(byte[] octets, int position) throws Exception {
        socket.getOutputStream().write(octets, 0, position);
        Thread.sleep(1);
        socket.getOutputStream().write(octets, position, octets.length - position);
    }

    public void writeOctetByOctet(byte[] octets) throws IOException {
        for (byte octet : octets) {
            socket.getOutputStream().write(octet);
        }
    }

    /** The next line without its end, "EOF" when there is none. A literal is left where it is: its first line is the next line. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = read(); octet >= 0; octet = read()) {
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(octet);
        }
        return "EOF";
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (EOFException e) {
            // A compressed stream need not end, the connection does.
            return -1;
        }
    }

    /** Reads up to and with the line that starts with the prefix, or the end of the connection. */
    public List<String> until(String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = line();
            lines.add(line);
        } while (!line.startsWith(prefix) && !line.equals("EOF"));
        return lines;
    }

    /** Sends a command and reads its answer, whose last line starts with the tag. */
    public List<String> command(String command) throws IOException {
        write(command + "\r\n");
        return until(command.substring(0, command.indexOf(' ')) + " ");
    }

    /** All lines to the end of the connection; a reset is an end too. */
    public List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        try {
            for (String line = line(); !line.equals("EOF"); line = line()) {
                lines.add(line);
            }
        } catch (SocketException e) {
            lines.add("RESET");
        }
        return lines;
    }

    public byte[] octets(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** Begins TLS on the connection and believes any certificate. */
    public void startTls() throws Exception {
        socket = TrustingTls.over(socket);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /** Begins to compress, behind the OK of COMPRESS. {@link #octets} and the lines are inflated. */
    public void startCompression() {
        wire = in;
        // An octet at a time: none is taken off the wire before it is needed, so that compression can end.
        in = new InflaterInputStream(in, new Inflater(true), 1);
        out = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), true);
    }

    /** Ends it again, behind the OK of UNAUTHENTICATE: reads over what is left of the server's flush. */
    public void stopCompression() throws IOException {
        InputStream raw = Objects.requireNonNull(wire);
        for (int last = 0; last < 2;) {
            last = raw.read() == 0xFF ? last + 1 : 0;
        }
        in = raw;
        out = socket.getOutputStream();
        wire = null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

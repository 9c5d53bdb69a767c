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

package io.jamesext.lemonade.smtp.burl.remote;

import static io.jamesext.lemonade.smtp.burl.remote.Timeouts.millis;
import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.unavailable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The lines and the literals of one connection. Every failure of the network is an {@link UrlFetchException}, so that an IOException is the
 * sink's.
 */
final class ImapConnection implements AutoCloseable {
    /** Octets of the longest line: a URL at its longest, twice. */
    static final int MAX_LINE = 16 * 1024;
    /** Lines of the longest conversation. It takes less than ten; a server may have a few things more to say, but not for ever. */
    static final int MAX_LINES = 100;
    private static final int PIECE = 16 * 1024;

    private final RemoteServer server;
    private final Timeouts timeouts;
    private final Socket raw = new Socket();
    private final CompletableFuture<Void> deadline;
    private Socket socket = raw;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private int lines;

    ImapConnection(RemoteServer server, Timeouts timeouts) {
        this.server = server;
        this.timeouts = timeouts;
        // The socket's own timeout begins anew with every octet, also within a TLS record, where no loop of ours could look at a clock.
        this.deadline = new CompletableFuture<Void>().orTimeout(millis(timeouts.whole()), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> unused = deadline.whenComplete((done, late) -> closeRaw());
    }

    void connect() throws UrlFetchException {
        try {
            raw.connect(new InetSocketAddress(server.host(), server.port()), millis(timeouts.connect()));
            raw.setSoTimeout(millis(timeouts.idle()));
            use(raw);
        } catch (IOException e) {
            throw broken("cannot connect", e);
        }
    }

    /** Goes on in TLS, if the server has sent nothing in clear that would then pass for something it said in TLS. */
    void startTls(SSLContext trust) throws UrlFetchException {
        try {
            if (in.available() > 0) {
                throw unavailable("clear text where TLS begins");
            }
            SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(raw, server.host(), server.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            // Without this the JDK takes a trusted certificate of any host. RFC 3501 section 11.1.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            use(tls);
        } catch (IOException e) {
            throw broken("no TLS", e);
        }
    }

    private void use(Socket next) throws IOException {
        in = new BufferedInputStream(next.getInputStream(), PIECE);
        out = next.getOutputStream();
        socket = next;
    }

    /** Sends this and the end of the line. */
    void send(String text) throws UrlFetchException {
        try {
            out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw broken("cannot send", e);
        }
    }

    /** The next line without its end, one character an octet. */
    String line() throws UrlFetchException {
        if (++lines > MAX_LINES) {
            throw unavailable("more than " + MAX_LINES + " lines");
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = 0;
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (line.size() >= MAX_LINE) {
                throw unavailable("a line of more than " + MAX_LINE + " octets");
            }
            line.write(octet);
            last = octet;
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (last != '\r') {
            throw unavailable("a line that does not end in CRLF");
        }
        return text.substring(0, text.length() - 1);
    }

    private int octet() throws UrlFetchException {
        try {
            int octet = in.read();
            if (octet < 0) {
                throw unavailable("the server closed the connection");
            }
            return octet;
        } catch (IOException e) {
            throw broken("the connection broke", e);
        }
    }

    /** Writes so many of the next octets to the sink. */
    void copy(long octets, OutputStream sink) throws UrlFetchException, IOException {
        byte[] piece = new byte[(int) Math.min(octets, PIECE)];
        for (long left = octets; left > 0;) {
            int length = read(piece, (int) Math.min(left, piece.length));
            sink.write(piece, 0, length);
            left -= length;
        }
    }

    private int read(byte[] piece, int most) throws UrlFetchException {
        try {
            int length = in.read(piece, 0, most);
            if (length < 0) {
                throw unavailable("the server closed the connection within a literal");
            }
            return length;
        } catch (IOException e) {
            throw broken("the connection broke within a literal", e);
        }
    }

    private UrlFetchException broken(String what, IOException cause) {
        String message = deadline.isDone() ? what + ": over after " + timeouts.whole() : what;
        return new UrlFetchException(UrlFetchException.Kind.UNAVAILABLE, message, cause);
    }

    /** Takes leave, without waiting for an answer, and closes. */
    @Override
    public void close() {
        try {
            if (socket != raw) {
                send("bye LOGOUT");
                socket.close();
            }
        } catch (IOException | UrlFetchException e) {
            // What the fetch came to is known by now, and the socket is closed below.
        } finally {
            deadline.complete(null);
            closeRaw();
        }
    }

    private void closeRaw() {
        try {
            raw.close();
        } catch (IOException e) {
            // There is no more that could be done with it.
        }
    }
}

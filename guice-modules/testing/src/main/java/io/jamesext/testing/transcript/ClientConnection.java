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
package io.jamesext.testing.transcript;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/** One client's socket, read message by message; a message that was read too early can be put back. */
final class ClientConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Pattern LITERAL8 = Pattern.compile("~\\{(?<bytes>\\d{1,7})}$");

    private final Wire wire;
    private final Deque<String> pushedBack = new ArrayDeque<>();
    private Socket socket;
    private InputStream input;
    private boolean ended;
    /** A literal that is no text, which the next message begins with. */
    private String octets = "";

    ClientConnection(Wire wire, String host, int port) throws IOException {
        this.wire = wire;
        this.socket = new Socket();
        // So that what was written in pieces is not put together again.
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        this.input = new BufferedInputStream(socket.getInputStream());
        if (wire.tls()) {
            encrypt();
        }
    }

    void send(String message, boolean octetByOctet) throws IOException {
        byte[] octets = wire.encode(message);
        int step = octetByOctet ? 1 : octets.length;
        try {
            for (int at = 0; at < octets.length; at += step) {
                socket.getOutputStream().write(octets, at, step);
                socket.getOutputStream().flush();
            }
        } catch (SocketException e) {
            // The server has closed, as it may behind its last answer. Whether that came is seen when it is read.
        }
    }

    /** The next message; empty when none came in time or the server has closed. */
    Optional<String> next(int millis) throws IOException {
        if (!pushedBack.isEmpty()) {
            return Optional.of(pushedBack.removeFirst());
        }
        socket.setSoTimeout(millis);
        try {
            Optional<String> message = ended ? Optional.empty() : wire.read(input).map(line -> octets + line);
            ended = message.isEmpty();
            octets = "";
            Matcher literal = LITERAL8.matcher(message.orElse(""));
            if (wire == Wire.TLS_LINES && literal.find()) {
                readLiteral(Integer.parseInt(literal.group("bytes")));
            }
            return message;
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (SocketException | SSLException e) {
            ended = true;
            return Optional.empty();
        }
    }

    /** Text is left to be read line by line. */
    private void readLiteral(int bytes) throws IOException {
        byte[] literal = input.readNBytes(bytes);
        if (OctetText.isText(literal)) {
            input = new SequenceInputStream(new ByteArrayInputStream(literal), input);
        } else {
            octets = OctetText.of(literal);
        }
    }

    boolean matches(String pattern, String message, Matching matching) {
        return wire.matches(pattern, message, matching);
    }

    /** Messages that were looked at and not used, in order. */
    void pushBack(List<String> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            pushedBack.addFirst(messages.get(i));
        }
    }

    /** True when no message is left and the server has closed, or closes in that time. */
    boolean isClosedWithin(int millis) throws IOException {
        return next(millis).isEmpty() && ended;
    }

    /** Begins TLS, trusting any certificate: these are tests against our own servers. */
    void encrypt() throws IOException {
        socket = TrustingTls.over(socket);
        input = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

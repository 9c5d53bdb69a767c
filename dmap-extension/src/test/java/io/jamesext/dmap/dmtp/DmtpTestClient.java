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
package io.jamesext.dmap.dmtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLSocket;

import io.jamesext.testing.transcript.TrustingTls;

/** A client that sends any octets. */
final class DmtpTestClient implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;
    private final String greeting;

    DmtpTestClient(int port) throws IOException {
        Socket plain = new Socket("127.0.0.1", port);
        plain.setSoTimeout(10_000);
        socket = TrustingTls.over(plain);
        in = socket.getInputStream();
        greeting = answer();
    }

    String greeting() {
        return greeting;
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** Sends a line and gives the last line of the answer. */
    String ask(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    /** Sends DATA with its octets in one go. */
    String data(byte[] message) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(("DATA SIZE=[" + message.length + "]\r\n").getBytes(StandardCharsets.US_ASCII));
        octets.writeBytes(message);
        send(octets.toByteArray());
        return answer();
    }

    String answer() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException(line.toString(StandardCharsets.US_ASCII));
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

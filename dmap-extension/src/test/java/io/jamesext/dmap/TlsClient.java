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
package io.jamesext.dmap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;

import io.jamesext.testing.transcript.TrustingTls;

/** A client that sends any bytes, for what transcripts cannot say. */
final class TlsClient implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;
    private final String greeting;

    TlsClient(int port) throws Exception {
        this(port, 0);
    }

    /** With a receive buffer of so many bytes, or the system's own for 0; and with certificates, if any. */
    TlsClient(int port, int receiveBuffer, KeyManager... keys) throws Exception {
        Socket plain = new Socket();
        if (receiveBuffer > 0) {
            plain.setReceiveBufferSize(receiveBuffer);
        }
        plain.connect(new InetSocketAddress("127.0.0.1", port));
        plain.setSoTimeout(30_000);
        socket = TrustingTls.over(plain, keys);
        in = new BufferedInputStream(socket.getInputStream());
        greeting = readLine();
    }

    /** The server's first line. */
    String greeting() {
        return greeting;
    }

    /** What the server has shown. */
    X509Certificate serverCertificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** The next line without its end. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException(line.toString(StandardCharsets.UTF_8));
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    /** The next so many octets. */
    byte[] readOctets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("in the middle of a literal");
        }
        return octets;
    }

    /** Reads up to and with the line that begins so. */
    String readUntil(String start) throws IOException {
        String line = readLine();
        while (!line.startsWith(start)) {
            line = readLine();
        }
        return line;
    }

    /** All that comes until the server closes. */
    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    void logIn() throws IOException {
        send("L1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==\r\n");
        if (!readLine().startsWith("L1 OK")) {
            throw new IOException("not logged in");
        }
    }

    void select(String mailbox) throws IOException {
        send("L2 SELECT " + mailbox + "\r\n");
        readUntil("L2 OK");
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

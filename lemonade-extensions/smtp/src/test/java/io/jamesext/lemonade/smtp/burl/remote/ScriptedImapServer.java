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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.jamesext.testing.mailbox.TestKeystore;

/** An IMAP server on the loopback that has one client and does what a test tells it. Its certificate is for localhost. */
public final class ScriptedImapServer implements AutoCloseable {
    public static final String PASSWORD = "pass-of-the-submit-server";
    static final String URL = "imap://joe@example.com/INBOX/;uid=20;urlauth=submit+fred:internal:91354a473744909de610943775f92038";

    /** Trusts the certificate of this server. */
    public static final SSLContext TLS = tls();

    /** What the server does; that the client goes away within it is no failure. */
    public interface Script {
        void run(ScriptedImapServer server) throws Exception;
    }

    private final ServerSocket listener;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    public ScriptedImapServer(Script script) throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        done = CompletableFuture.runAsync(() -> serve(script), command -> new Thread(command, "scripted IMAP server").start());
    }

    private void serve(Script script) {
        try (Socket accepted = listener.accept()) {
            use(accepted);
            script.run(this);
            socket.close();
        } catch (IOException e) {
            // The client has gone, as it may.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void use(Socket next) throws IOException {
        socket = next;
        in = new BufferedInputStream(next.getInputStream());
        out = next.getOutputStream();
    }

    public int port() {
        return listener.getLocalPort();
    }

    RemoteServer asRemote() {
        return new RemoteServer("localhost", listener.getLocalPort(), false, RemoteServer.DEFAULT_USER, PASSWORD);
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.append((char) octet);
        }
        received.add(line.toString().stripTrailing());
        return line.toString();
    }

    void expect(String line) throws IOException {
        assertThat(line()).isEqualTo(line + "\r");
    }

    void startTls() throws IOException {
        SSLSocket tls = (SSLSocket) TLS.getSocketFactory().createSocket(socket, null, false);
        tls.setUseClientMode(false);
        tls.startHandshake();
        use(tls);
    }

    /** The conversation until TLS runs. */
    void greet() throws IOException {
        send("* OK hello\r\n");
        expect("a1 STARTTLS");
        send("a1 OK begin\r\n");
        startTls();
    }

    /** The conversation from there to the client's log-in, the answer to which is left. */
    void capability(String capabilities) throws IOException {
        greet();
        expect("a2 CAPABILITY");
        send("* CAPABILITY IMAP4rev1 " + capabilities + "\r\na2 OK done\r\n");
    }

    /** The conversation until the client has logged in. */
    public void logIn() throws IOException {
        capability("URLAUTH auth=plain");
        expect("a3 AUTHENTICATE PLAIN");
        send("+ \r\n");
        line();
        send("a3 OK logged in\r\n");
    }

    /** The conversation until the client has asked for the URL. */
    void askedForUrl() throws IOException {
        logIn();
        expect("a4 URLFETCH \"" + URL + "\"");
    }

    /** Waits for the end of the script, and fails if an expectation of it did. The lines that came. */
    List<String> received() {
        done.join();
        return received;
    }

    @Override
    public void close() throws IOException {
        // Also ends a wait for a client that never came.
        listener.close();
        done.join();
    }

    private static SSLContext tls() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream store = Files.newInputStream(TestKeystore.create(Files.createTempDirectory("imap")))) {
                keys.load(store, TestKeystore.PASSWORD.toCharArray());
            }
            KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            identity.init(keys, TestKeystore.PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
            return tls;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

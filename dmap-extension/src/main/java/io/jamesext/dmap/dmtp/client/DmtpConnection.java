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
package io.jamesext.dmap.dmtp.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

import org.apache.james.dnsservice.api.DNSService;

import com.google.common.net.HostAndPort;

import io.jamesext.kernel.server.PublicAddress;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** A conversation with another server. Blocks. It ends at its time limit, whatever the other side does or leaves undone. */
final class DmtpConnection implements Closeable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** RFC 5321 section 4.5.3.2 has minutes; a server that is slower has to be tried again. */
    private static final Duration SILENCE = Duration.ofMinutes(2);
    /** Addresses of a host that are tried. */
    private static final int MOST_ADDRESSES = 4;
    private static final int BUFFER = 8192;

    private final SSLSocket socket;
    private final Disposable watch;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;

    private DmtpConnection(SSLSocket socket, Disposable watch) {
        this.socket = socket;
        this.watch = watch;
    }

    /**
     * Connects to the first address that answers, and reads the greeting.
     *
     * @param limit after which the connection is cut
     */
    static DmtpConnection open(DmtpServer server, DmtpTls tls, DNSService dns, Duration limit) throws DmtpException {
        IOException last = new IOException("no address");
        for (HostAndPort address : server.addresses()) {
            try {
                for (InetAddress host : resolve(address.getHost(), server, dns)) {
                    try {
                        return open(host, address, server, tls, limit);
                    } catch (IOException e) {
                        last = e;
                    }
                }
            } catch (UnknownHostException e) {
                last = e;
            }
        }
        throw new DmtpException(DmtpException.Kind.TEMPORARY, "the server of " + server.domain() + " cannot be reached", last);
    }

    private static List<InetAddress> resolve(String host, DmtpServer server, DNSService dns) throws UnknownHostException {
        Collection<InetAddress> all = server.isConfigured() ? List.of(InetAddress.getAllByName(host)) : dns.getAllByName(host);
        // Whoever writes a DNS record must not choose whom in the operator's network we talk to.
        return all.stream().filter(address -> server.isConfigured() || PublicAddress.is(address)).limit(MOST_ADDRESSES).toList();
    }

    private static DmtpConnection open(InetAddress host, HostAndPort address, DmtpServer server, DmtpTls tls, Duration limit)
            throws IOException, DmtpException {
        Socket socket = new Socket();
        Disposable watch = Schedulers.parallel().schedule(() -> cut(socket), limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            socket.connect(new InetSocketAddress(host, address.getPort()), (int) CONNECT.toMillis());
            socket.setSoTimeout((int) SILENCE.toMillis());
            DmtpConnection connection = new DmtpConnection(tls.over(socket, address, server), watch);
            DmtpAnswer greeting = connection.answer();
            if (!greeting.isPositive()) {
                throw greeting.refusal();
            }
            return connection;
        } catch (IOException | DmtpException | RuntimeException e) {
            watch.dispose();
            cut(socket);
            throw e;
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    /** Sends a line and reads the answer. */
    DmtpAnswer ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    /** The same; a negative answer is an exception. */
    DmtpAnswer require(String command) throws IOException, DmtpException {
        DmtpAnswer answer = ask(command);
        if (!answer.isPositive()) {
            throw answer.refusal();
        }
        return answer;
    }

    /** Sends DATA with the octets behind it. */
    void message(long sizeBytes, InputStream octets) throws IOException, DmtpException {
        OutputStream out = socket.getOutputStream();
        out.write(("DATA SIZE=[" + sizeBytes + "]\r\n").getBytes(StandardCharsets.US_ASCII));
        octets.transferTo(out);
        DmtpAnswer answer = answer();
        if (!answer.isPositive()) {
            throw answer.refusal();
        }
    }

    private DmtpAnswer answer() throws IOException {
        return DmtpAnswer.read(this::next);
    }

    private int next() throws IOException {
        if (at == filled) {
            at = 0;
            filled = socket.getInputStream().read(buffer);
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    /** Says goodbye without waiting for what the server says to that. */
    @Override
    public void close() {
        try {
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It may have gone before.
        } finally {
            // TLS says goodbye too, to a client that may not read it: under the watch.
            cut(socket);
            watch.dispose();
        }
    }
}

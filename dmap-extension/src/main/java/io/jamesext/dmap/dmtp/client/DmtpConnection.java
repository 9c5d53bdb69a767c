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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.apache.james.dnsservice.api.DNSService;

import com.google.common.collect.Comparators;
import com.google.common.net.HostAndPort;

import io.jamesext.kernel.server.PublicAddress;

/** A conversation with another server. Blocks. It ends when its time is over, whatever the other side does or leaves undone. */
final class DmtpConnection implements Closeable {
    /** For one of several addresses, up to the greeting. RFC 5321 section 4.5.3.2 has minutes; a server that is slower is tried again. */
    private static final Duration ADDRESS = Duration.ofSeconds(10);
    /** Addresses of a host that are tried. */
    private static final int MOST_ADDRESSES = 4;
    private static final int BUFFER = 8192;

    private final DmtpServer server;
    private final SSLSocket socket;
    private final SocketWatch watch;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;

    private DmtpConnection(DmtpServer server, SSLSocket socket, SocketWatch watch) {
        this.server = server;
        this.socket = socket;
        this.watch = watch;
    }

    /**
     * Connects to the first address that answers, and reads the greeting. A look-up in the DNS cannot be cut short, but none begins late.
     *
     * @param end of all attempts, and of the conversation unless {@link #endIn} says otherwise
     */
    static DmtpConnection open(DmtpServer server, DmtpTls tls, DNSService dns, Deadline end) throws DmtpException {
        IOException last = new IOException("no address");
        for (HostAndPort address : server.addresses()) {
            for (InetAddress host : end.isPast() ? List.<InetAddress>of() : resolve(address.getHost(), server, dns)) {
                if (end.isPast()) {
                    break;
                }
                try {
                    return open(new InetSocketAddress(host, address.getPort()), address, server, tls, end);
                } catch (IOException e) {
                    last = e;
                }
            }
        }
        throw new DmtpException(DmtpException.Kind.TEMPORARY, "the server of " + server.domain() + " cannot be reached", last);
    }

    private static List<InetAddress> resolve(String host, DmtpServer server, DNSService dns) {
        try {
            Collection<InetAddress> all = server.isConfigured() ? List.of(InetAddress.getAllByName(host)) : dns.getAllByName(host);
            // Whoever writes a DNS record must not choose whom in the operator's network we talk to.
            return all.stream().filter(address -> server.isConfigured() || PublicAddress.is(address)).limit(MOST_ADDRESSES).toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static DmtpConnection open(InetSocketAddress host, HostAndPort address, DmtpServer server, DmtpTls tls, Deadline end)
            throws IOException, DmtpException {
        Socket socket = new Socket();
        SocketWatch watch = new SocketWatch(socket);
        try {
            Duration limit = Comparators.min(ADDRESS, end.left());
            watch.endIn(limit);
            socket.connect(host, (int) limit.toMillis());
            DmtpConnection connection = new DmtpConnection(server, tls.over(socket, address, server), watch);
            DmtpAnswer greeting = connection.answer();
            if (!greeting.isPositive()) {
                throw greeting.refusal();
            }
            watch.endIn(end.left());
            return connection;
        } catch (IOException | DmtpException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** With whom. */
    DmtpServer server() {
        return server;
    }

    /** From now on it may take so long. */
    void endIn(Duration time) {
        watch.endIn(time);
    }

    /** Sends a line and reads the answer. */
    DmtpAnswer ask(String command) throws IOException {
        say(command);
        return answer();
    }

    /** The same; a negative answer is an exception. */
    DmtpAnswer require(String command) throws IOException, DmtpException {
        say(command);
        return requireAnswer();
    }

    /** Sends DATA with the octets behind it. */
    void sendMessage(long sizeBytes, InputStream octets) throws IOException {
        say("DATA SIZE=[" + sizeBytes + "]");
        octets.transferTo(socket.getOutputStream());
    }

    /** Reads an answer; a negative one is an exception. */
    DmtpAnswer requireAnswer() throws IOException, DmtpException {
        DmtpAnswer answer = answer();
        if (!answer.isPositive()) {
            throw answer.refusal();
        }
        return answer;
    }

    private void say(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
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
        // TLS says goodbye too, to a server that may not read it: under the watch, which is closed last.
        try (watch; socket) {
            say("QUIT");
        } catch (IOException e) {
            // It may have gone before.
        }
    }
}

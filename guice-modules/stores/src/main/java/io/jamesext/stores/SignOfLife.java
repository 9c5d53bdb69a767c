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

package io.jamesext.stores;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** Asks a store whether it can be used, in its own protocol. */
@FunctionalInterface
public interface SignOfLife {
    /** Returns when the store answered as one that can be used; the exception says what came instead. */
    void check() throws IOException;

    /** A Cassandra that answers an OPTIONS of its native protocol, version 4. */
    static SignOfLife cassandra(InetSocketAddress address) {
        byte[] options = {4, 0, 0, 0, 5, 0, 0, 0, 0};
        int responseV4 = 0x84;
        return () -> expect(address, options, responseV4);
    }

    /** An OpenSearch whose primary shards are all there. */
    static SignOfLife openSearch(URI uri) {
        return () -> get(uri, "/_cluster/health?wait_for_status=yellow&timeout=1s", uri.getUserInfo());
    }

    /** A RabbitMQ that greets an AMQP 0-9-1 client and whose management plugin knows the user. */
    static SignOfLife rabbitMq(RabbitMq rabbitMq) {
        byte[] protocol = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
        int methodFrame = 1;
        return () -> {
            expect(new InetSocketAddress(rabbitMq.amqp().getHost(), rabbitMq.port()), protocol, methodFrame);
            get(rabbitMq.management(), "/api/overview", rabbitMq.user() + ":" + rabbitMq.password());
        };
    }

    /** An epmd that says its names: the first octet of its answer is that of its port, which has four. */
    static SignOfLife portMapper(InetSocketAddress address) {
        byte[] names = {0, 1, 'n'};
        return () -> expect(address, names, 0);
    }

    private static void expect(InetSocketAddress address, byte[] request, int answer) throws IOException {
        int patienceMillis = 5_000;
        // Resolved anew: the name of a host that is still to come may not be known yet.
        InetSocketAddress now = new InetSocketAddress(address.getHostString(), address.getPort());
        try (Socket socket = new Socket()) {
            socket.connect(now, patienceMillis);
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            int first = in.read();
            if (first != answer) {
                throw new IOException(first < 0 ? "it closed the connection" : "it answered as another kind of server does");
            }
        }
    }

    private static void get(URI server, String path, @Nullable String credentials) throws IOException {
        Duration patience = Duration.ofSeconds(5);
        HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(server.getScheme() + "://" + server.getHost() + (server.getPort() < 0 ? "" : ":" + server.getPort()) + path));
        if (credentials != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(patience).build();
        try {
            HttpResponse<Void> response = client.send(request.timeout(patience).build(), BodyHandlers.discarding());
            if (response.statusCode() != 200) {
                throw new IOException("it answered with the HTTP status " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

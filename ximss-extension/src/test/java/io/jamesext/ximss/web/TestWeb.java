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
package io.jamesext.ximss.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.google.common.io.ByteStreams;
import com.google.common.net.InetAddresses;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * A little web. One public address leads to a server in this process, whichever the port, and this machine's own lead where they say, so
 * that whoever reaches one of them has really got through; all others lead nowhere. Some names mean what an attacker's DNS would say;
 * addresses in any spelling are the machine's own business.
 */
public final class TestWeb implements AutoCloseable {
    static final String PUBLIC = "93.184.216.34";
    private static final String METADATA = "169.254.169.254";
    private static final Map<String, List<List<String>>> NAMES = Map.of(
        "www.example.com", List.of(List.of(PUBLIC)),
        "localhost.example.com", List.of(List.of("127.0.0.1")),
        "intranet.example.com", List.of(List.of("10.1.2.3")),
        "metadata.example.com", List.of(List.of(METADATA)),
        "both.example.com", List.of(List.of(PUBLIC, "127.0.0.1")),
        // Each look-up gives another answer.
        "rebinding.example.com", List.of(List.of(PUBLIC), List.of("127.0.0.1")),
        "localhost", List.of(List.of(PUBLIC)));

    final Queue<String> lookups = new ConcurrentLinkedQueue<>();
    final List<InetAddress> reached = new CopyOnWriteArrayList<>();
    /** The URLs that were asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SslContext tls;

    /** Without TLS. */
    public TestWeb() throws IOException {
        this(HttpServer.create(), SslContextBuilder.forClient().build());
    }

    TestWeb(HttpServer server, SslContext tls) throws IOException {
        this.server = server;
        this.tls = tls;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    /** The client's way to it. */
    public Network network() {
        return new Network(this::addresses, this::route, tls);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        long before = lookups.stream().filter(host::equals).count();
        lookups.add(host);
        if (host.matches("[0-9a-fA-FxX.:%]+")) {
            return List.of(InetAddress.getAllByName(host));
        }
        List<List<String>> answers = Optional.ofNullable(NAMES.get(host)).orElseThrow(() -> new UnknownHostException(host));
        return answers.get((int) Math.min(before, answers.size() - 1)).stream()
            .map(InetAddresses::forString).collect(Collectors.toList());
    }

    private InetSocketAddress route(InetSocketAddress checked) {
        reached.add(checked.getAddress());
        if (checked.getAddress().getHostAddress().equals(PUBLIC)) {
            return server.getAddress();
        }
        // No test goes out into the real world.
        return checked.getAddress().isLoopbackAddress() ? checked : new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add("http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
        String path = exchange.getRequestURI().getPath();
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        switch (path) {
            case "/xml" -> send(exchange, 200, "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a xmlns:x=\"urn:x\"><x:b x:c=\"d\">\u00e9</x:b></a>");
            case "/text.xml" -> send(exchange, 200, "text/xml; charset=utf-8", "<a>text &amp; more</a>");
            case "/bad.xml" -> send(exchange, 200, "text/xml", "<a>");
            case "/entity.xml" -> send(exchange, 200, "text/xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
            case "/text" -> send(exchange, 200, "text/plain; charset=ISO-8859-1", "caf\u00e9\n");
            case "/binary" -> send(exchange, 200, "application/octet-stream", "\u0001\u0002");
            case "/echo" -> send(exchange, 200, "text/plain; charset=utf-8", echo(exchange));
            case "/redirect" -> redirect(exchange, query);
            case "/loop" -> redirect(exchange, "/loop");
            case "/large" -> large(exchange);
            case "/slow" -> slow(exchange);
            default -> send(exchange, 404, "text/plain", "none");
        }
    }

    private static String echo(HttpExchange exchange) throws IOException {
        return exchange.getRequestMethod() + "|"
            + List.of("Content-type", "Content-length", "Cookie", "Authorization").stream()
                .map(name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("-"))
                .collect(Collectors.joining("|"))
            + "|" + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        send(exchange, 302, "text/plain", "there");
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(type.contains("8859") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
        exchange.getResponseHeaders().set("Server", "Test");
        exchange.getResponseHeaders().add("Set-Cookie", "a=1");
        exchange.getResponseHeaders().add("Set-Cookie", "b=2");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head ? -1 : body.length);
        if (head) {
            exchange.close();
            return;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Without a length, so that only who counts notices. */
    private static void large(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            ByteStreams.copy(ByteStreams.limit(new EndlessBytes(), WebClient.MAX_BODY_BYTES + 1L), out);
        }
    }

    /** A byte now and then, for ever. */
    private static void slow(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private static final class EndlessBytes extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            return length;
        }
    }
}

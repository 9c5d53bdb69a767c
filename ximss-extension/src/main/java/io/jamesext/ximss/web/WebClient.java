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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import org.apache.james.core.Username;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslHandler;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Asks other servers on the open internet over HTTP/1.1. A name is looked up once, all its addresses are checked, and the connection
 * goes to one of them. Java's own client looks names up by itself and connects to what it finds the second time.
 */
public final class WebClient {
    /** Protects the heap: the body is in it as a whole, and in base64 once more. */
    static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int MAX_REDIRECTS = 5;
    /** Protect the heap and James's threads from users with slow servers. */
    private static final int MAX_REQUESTS = 32;
    private static final int MAX_LOOKUPS = 8;
    /** One user can take a fourth of them. */
    private static final int SHARE = 4;

    private final Network network;
    private final Places requests = new Places(MAX_REQUESTS, MAX_REQUESTS / SHARE);
    /** Counted by themselves, for nothing can end a lookup before its time. */
    private final Places lookups = new Places(MAX_LOOKUPS, MAX_LOOKUPS / SHARE);

    /** To the internet. */
    @Inject
    public WebClient() {
        this(Network.internet());
    }

    /** To another network. */
    public WebClient(Network network) {
        this.network = network;
    }

    /**
     * The answer to one request, whatever it is. Redirects are not followed.
     *
     * @param user who asks
     * @param timeout for the whole
     * @throws ProtocolException in the stream, when the server is not on the open internet, cannot be reached, or answers too late or
     *     too much
     */
    public Mono<WebResponse> exchange(WebRequest request, Username user, Duration timeout) {
        return limited(send(request, user), user, timeout);
    }

    /** A document; up to five redirects are followed, to each of which applies what applies to the first address. */
    public Mono<WebResponse> read(WebAddress address, Username user, Duration timeout) {
        return limited(follow(address, user, 0), user, timeout);
    }

    private Mono<WebResponse> limited(Mono<WebResponse> work, Username user, Duration timeout) {
        return Mono.using(() -> requests.take(user), held -> work, requests::leave)
            .timeout(timeout)
            .onErrorMap(WebClient::failure);
    }

    private Mono<WebResponse> follow(WebAddress address, Username user, int redirects) {
        return send(WebRequest.get(address), user).flatMap(response -> {
            Optional<String> location = response.redirect();
            if (location.isEmpty()) {
                return Mono.just(response);
            }
            return redirects == MAX_REDIRECTS ? Mono.error(unreachable("the server redirects too often"))
                : Mono.defer(() -> follow(address.redirect(location.get()), user, redirects + 1));
        });
    }

    private Mono<WebResponse> send(WebRequest request, Username user) {
        return Blocking.call(() -> addresses(request.address(), user))
            .flatMap(addresses -> receiver(request, addresses).response((response, body) -> read(response, body).flux()).single());
    }

    private HttpClient.ResponseReceiver<?> receiver(WebRequest request, List<InetSocketAddress> addresses) {
        HttpClient.RequestSender sender = client(request, addresses)
            .headers(fields -> write(request, fields))
            .request(HttpMethod.valueOf(request.method()))
            .uri(request.address().uri());
        return request.body().length == 0 ? sender
            : sender.send((out, outbound) -> outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body()))));
    }

    /** All must be allowed: a name with an address of another kind is somebody's trick or mistake. */
    private List<InetSocketAddress> addresses(WebAddress address, Username user) {
        lookups.take(user);
        try {
            List<InetAddress> found = network.names().addresses(address.host());
            if (found.stream().allMatch(address.rules()::allow)) {
                return found.stream().map(one -> network.route().apply(new InetSocketAddress(one, address.port()))).toList();
            }
        } catch (UnknownHostException e) {
            // The same answer as below, so that nobody learns which names there are in the operator's network.
        } finally {
            lookups.leave(user);
        }
        throw new ProtocolException(Failure.NO_PERMISSION, "there is no such server on the open internet");
    }

    private HttpClient client(WebRequest request, List<InetSocketAddress> addresses) {
        HttpClient client = HttpClient.create(ConnectionProvider.newConnection())
            .resolver(new CheckedAddresses(addresses))
            .protocol(HttpProtocol.HTTP11)
            .disableRetry(true)
            .httpResponseDecoder(limits -> limits.maxHeaderSize(MAX_HEADER_BYTES));
        return request.address().isSecure()
            ? client.secure(tls -> tls.sslContext(network.tls()).handlerConfigurator(WebClient::checkName)) : client;
    }

    /** RFC 9110 section 4.3.4: the certificate must be that host's. */
    private static void checkName(SslHandler tls) {
        SSLParameters parameters = tls.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.engine().setSSLParameters(parameters);
    }

    private static void write(WebRequest request, HttpHeaders fields) {
        fields.set(HttpHeaderNames.USER_AGENT, "Apache-James");
        request.fields().forEach(fields::set);
        if (request.body().length > 0) {
            fields.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
        }
    }

    private static Mono<WebResponse> read(HttpClientResponse response, ByteBufFlux body) {
        return body.asByteArray()
            .collect(ByteArrayOutputStream::new, WebClient::add)
            .map(all -> new WebResponse(response.status().code(), response.responseHeaders(), all.toByteArray()));
    }

    private static void add(ByteArrayOutputStream all, byte[] more) {
        if (all.size() + more.length > MAX_BODY_BYTES) {
            throw new ProtocolException(Failure.TOO_BIG, "the document is larger than " + MAX_BODY_BYTES + " bytes");
        }
        all.writeBytes(more);
    }

    private static Throwable failure(Throwable error) {
        if (error instanceof TimeoutException) {
            return new ProtocolException(Failure.BUSY, "the server did not answer in time");
        }
        if (error instanceof SSLException) {
            return unreachable("the server has no valid certificate, or speaks no TLS");
        }
        return error instanceof IOException || error instanceof CodecException
            ? unreachable("the server cannot be reached, or its answer cannot be read") : error;
    }

    private static ProtocolException unreachable(String text) {
        return new ProtocolException(Failure.NO_SUCH_MESSAGE, text);
    }
}

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
package io.jamesext.ximss.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import com.google.common.base.Splitter;

import io.jamesext.kernel.auth.Client;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;

/** One request of HTTP and its response. It may be answered from any thread, once. */
final class Exchange {
    private static final int MAX_PARAMETERS = 32;
    /** What CommuniGate's library takes for the end of the session. */
    private static final HttpResponseStatus SESSION_GONE = HttpResponseStatus.valueOf(550, "Session Not Found");
    /** For the web page, and harmless elsewhere: nothing is loaded from others. The style attributes are those of mail in HTML. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
        + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final Client client;
    private final List<String> path;
    private final Map<String, List<String>> parameters;
    private final Consumer<Exchange> answered;
    private volatile boolean isLast;
    private volatile Runnable ready = () -> { };

    /**
     * @param client who asks
     * @param answered told on the event loop when the response is out
     * @throws IllegalArgumentException when the target of the request cannot be read
     */
    Exchange(ChannelHandlerContext context, HttpRequest request, Client client, Consumer<Exchange> answered) {
        this.context = context;
        this.request = request;
        this.client = client;
        this.answered = answered;
        // In HTTP/1.0 the end of the connection is the end of an answer whose length is not known when it begins.
        this.isLast = !HttpUtil.isKeepAlive(request) || !request.protocolVersion().isKeepAliveDefault();
        QueryStringDecoder uri = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        this.parameters = uri.parameters();
        // Split before it is decoded: the name of a folder may have a slash.
        this.path = Splitter.on('/').omitEmptyStrings().splitToStream(uri.rawPath())
            .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    }

    HttpMethod method() {
        return request.method();
    }

    HttpHeaders headers() {
        return request.headers();
    }

    HttpRequest request() {
        return request;
    }

    Client client() {
        return client;
    }

    /** Whether the connection ends with the response. */
    boolean isLast() {
        return isLast;
    }

    ChannelHandlerContext context() {
        return context;
    }

    /** A part of the path, decoded; or an empty text where there is none. */
    String path(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    Map<String, List<String>> parameters() {
        return parameters;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).map(values -> values.get(0));
    }

    /** The whole answer. */
    void answer(HttpResponseStatus status, String contentType, byte[] content) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status,
            request.method().equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content));
        fill(response, contentType);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        last(response);
    }

    /** That all is well, and nothing to say. */
    void answerEmpty() {
        answer(HttpResponseStatus.OK, "text/xml; charset=utf-8", (Batch.BEGIN + Batch.END).getBytes(StandardCharsets.US_ASCII));
    }

    /** A refusal in plain text, after which the connection closes: the rest of the request is not wanted. */
    void refuse(HttpResponseStatus status, String text) {
        isLast = true;
        answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The refusal of what is asked of a session that is not there. */
    void refuseGone() {
        refuse(SESSION_GONE, "no such session");
    }

    /** An answer that is sent as it is made. */
    Stream stream(String contentType) {
        return stream(contentType, Map.of());
    }

    /** The same, with header fields of its own. */
    Stream stream(String contentType, Map<CharSequence, String> fields) {
        DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        fill(response, contentType);
        fields.forEach(response.headers()::set);
        HttpUtil.setTransferEncodingChunked(response, request.protocolVersion().isKeepAliveDefault());
        return new Stream(response);
    }

    /** Told on the event loop when the client has caught up. */
    void caughtUp() {
        ready.run();
    }

    private void last(Object end) {
        context.writeAndFlush(end).addListener(written -> answered.accept(this));
    }

    private void fill(HttpResponse response, String contentType) {
        HttpUtil.setKeepAlive(response, !isLast);
        response.headers()
            .set(HttpHeaderNames.CONTENT_TYPE, contentType)
            // The answers are one user's, and their addresses hold the urlID.
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
            .set("Referrer-Policy", "no-referrer")
            // Who opened the page in a window of theirs must not lead it elsewhere.
            .set("Cross-Origin-Opener-Policy", "same-origin")
            .set("X-Content-Type-Options", "nosniff");
    }

    /** The octets of an answer on their way. Its head goes out with the first of them. */
    final class Stream implements Outlet {
        private @Nullable HttpResponse head;

        private Stream(HttpResponse head) {
            this.head = head;
        }

        @Override
        public void write(ByteBuf octets) {
            send(octets);
        }

        /** The same, and says when they have gone out. */
        ChannelFuture send(ByteBuf octets) {
            begin();
            return context.writeAndFlush(new DefaultHttpContent(octets));
        }

        /** A client that has gone is always ready: what it asked for is done all the same. */
        @Override
        public boolean isReady() {
            return context.channel().isWritable() || !context.channel().isActive();
        }

        @Override
        public void onReady(Runnable caughtUp) {
            ready = caughtUp;
        }

        @Override
        public void end() {
            begin();
            last(LastHttpContent.EMPTY_LAST_CONTENT);
        }

        @Override
        public void gone() {
            refuseGone();
        }

        /** The rest does not come: the client must not take what it got for all. */
        @Override
        public void drop() {
            context.close();
        }

        private void begin() {
            if (head != null) {
                context.write(head);
                head = null;
            }
        }
    }
}

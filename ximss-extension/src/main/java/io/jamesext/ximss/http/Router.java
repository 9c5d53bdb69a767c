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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.frame.NulFrameDecoder;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.reply.SessionCreated;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSessions;
import io.jamesext.ximss.xml.Element;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Decides by the head of a request what it is, who may send it, and what becomes of its body. */
final class Router {
    /** A proxy between may give up after a minute. */
    private static final Duration MAX_PATIENCE = Duration.ofSeconds(120);
    /** Requests of one POST: clients send up to ten. */
    private static final int MAX_REQUESTS = 100;
    private static final String XML = "text/xml; charset=utf-8";

    private final HttpSessions sessions;
    private final XimssSessions all;
    private final Download download;
    private final int maxRequestBytes;
    private final Consumer<ChannelPipeline> serveWebSocket;

    /**
     * @param sessions those that HTTP requests come and go for
     * @param all the node's, for what any session can be asked over HTTP
     * @param serveWebSocket makes the pipeline one of XIMSS over WebSocket
     */
    Router(HttpSessions sessions, XimssSessions all, Download download, int maxRequestBytes, Consumer<ChannelPipeline> serveWebSocket) {
        this.sessions = sessions;
        this.all = all;
        this.download = download;
        this.maxRequestBytes = maxRequestBytes;
        this.serveWebSocket = serveWebSocket;
    }

    /** The clients do not agree on capitals, nor on the method where there is a body; so neither matters. */
    Body route(Exchange exchange) {
        return switch (exchange.path(0).toLowerCase(Locale.US)) {
            case "ximsslogin" -> sessions.isStopped() ? refused(exchange, HttpResponseStatus.SERVICE_UNAVAILABLE, "the server stops")
                : new CollectedBody(exchange, NulFrameDecoder.MAX_STRANGERS_FRAME_BYTES, body -> logIn(exchange, body));
            case "session" -> all.find(exchange.path(1)).map(session -> session(exchange, session)).orElseGet(() -> gone(exchange));
            case "ximss" -> webSocket(exchange);
            default -> WebPage.find(exchange);
        };
    }

    private Body session(Exchange exchange, XimssSession session) {
        sessions.find(exchange.path(1)).ifPresent(HttpSession::used);
        return switch (exchange.path(2).toLowerCase(Locale.US)) {
            case "mime" -> Body.none(() -> download.send(exchange, session, exchange.path(3), exchange.path(4)));
            case "upload" -> upload(exchange, session);
            default -> sessions.find(exchange.path(1)).map(found -> binding(exchange, found)).orElseGet(() -> gone(exchange));
        };
    }

    private Body binding(Exchange exchange, HttpSession session) {
        return switch (exchange.path(2).toLowerCase(Locale.US)) {
            case "sync" -> new CollectedBody(exchange, maxRequestBytes, body -> post(exchange, session,
                exchange.parameter("syncAsync").equals(Optional.of("1")) ? Batch.Mode.SYNC_WITH_NEWS : Batch.Mode.SYNC, body));
            case "async" -> new CollectedBody(exchange, maxRequestBytes, body -> post(exchange, session, Batch.Mode.ASYNC, body));
            case "", "get" -> Body.none(() -> session.get(number(exchange.parameter("ackSeq")), patience(exchange), exchange.stream(XML)));
            case "kill" -> Body.none(() -> {
                session.end();
                exchange.answerEmpty();
            });
            default -> refused(exchange, HttpResponseStatus.NOT_FOUND, "no such thing in a session");
        };
    }

    /** Parameters log in; XML is for what comes before. */
    private void logIn(Exchange exchange, ByteBuffer body) {
        LogInForm form;
        try {
            form = LogInForm.of(exchange, body);
        } catch (ProtocolException e) {
            exchange.refuse(HttpResponseStatus.BAD_REQUEST, e.text());
            return;
        }
        Optional<HttpSession> resumed = form.sessionId().flatMap(sessions::find);
        if (resumed.isPresent()) {
            exchange.answer(HttpResponseStatus.OK, XML, resumed(resumed.get().session()));
            return;
        }
        HttpSession session = sessions.open(exchange.client(), exchange.context().channel().eventLoop());
        Post post = post(() -> form.isPresent() ? List.of(form.login()) : requests(body), Optional.empty(), Batch.Mode.SYNC);
        session.post(post, new FirstAnswer(exchange.stream(XML), () -> sessions.keep(session)));
    }

    private byte[] resumed(XimssSession session) {
        return Batch.document(XimssReply.news(new SessionCreated(session.urlId(), session.user().orElseThrow().asString(),
                session.realName())),
            sessions.runtime().protocol());
    }

    private void post(Exchange exchange, HttpSession session, Batch.Mode mode, ByteBuffer body) {
        session.post(post(() -> requests(body), number(exchange.parameter("reqSeq")), mode), exchange.stream(XML));
    }

    private static Post post(Supplier<List<Element>> requests, Optional<Long> number, Batch.Mode mode) {
        try {
            return new Post(requests.get(), Optional.empty(), number, mode);
        } catch (ProtocolException e) {
            return new Post(List.of(), Optional.of(e), number, Batch.Mode.SYNC);
        }
    }

    private static List<Element> requests(ByteBuffer body) {
        Element document = XmlReader.read(body);
        if (!document.name().equals("XIMSS")) {
            throw new ProtocolException(Failure.SYNTAX, "the requests of a POST are in one XIMSS element");
        }
        if (document.elements().count() > MAX_REQUESTS) {
            throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_REQUESTS + " requests at once");
        }
        return document.elements().toList();
    }

    private static Body upload(Exchange exchange, XimssSession session) {
        if (!exchange.method().equals(HttpMethod.POST) && !exchange.method().equals(HttpMethod.PUT)) {
            return refused(exchange, HttpResponseStatus.METHOD_NOT_ALLOWED, "a file is uploaded by POST or PUT");
        }
        try {
            return new UploadBody(exchange, session.uploads(), exchange.path(3));
        } catch (ProtocolException e) {
            return refused(exchange, UploadBody.status(e.failure()), e.text());
        }
    }

    private Body webSocket(Exchange exchange) {
        HttpHeaders headers = exchange.headers();
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return refused(exchange, HttpResponseStatus.UPGRADE_REQUIRED, "here is WebSocket only");
        }
        // RFC 6455 section 10.2: any page could guess passwords here, from where its readers are, for it may read the answers.
        String origin = headers.get(HttpHeaderNames.ORIGIN, "");
        if (!origin.isEmpty() && !origin.replaceFirst("^\\w+://", "").equalsIgnoreCase(headers.get(HttpHeaderNames.HOST))) {
            return refused(exchange, HttpResponseStatus.FORBIDDEN, "this page is not from here");
        }
        return Body.none(() -> WebSocketUpgrade.answer(exchange, maxRequestBytes, serveWebSocket));
    }

    private static Body gone(Exchange exchange) {
        exchange.refuseGone();
        return Body.REFUSED;
    }

    private static Body refused(Exchange exchange, HttpResponseStatus status, String text) {
        exchange.refuse(status, text);
        return Body.REFUSED;
    }

    private static Duration patience(Exchange exchange) {
        Duration asked = Duration.ofSeconds(number(exchange.parameter("maxWait")).orElse(0L));
        return asked.compareTo(MAX_PATIENCE) > 0 ? MAX_PATIENCE : asked;
    }

    /** What is no number is as good as absent: a client sends {@code ackSeq=} before it has got anything. */
    private static Optional<Long> number(Optional<String> parameter) {
        return parameter.filter(value -> value.matches("\\d{1,15}")).map(Long::parseLong);
    }
}

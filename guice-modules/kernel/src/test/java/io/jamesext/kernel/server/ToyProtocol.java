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
package io.jamesext.kernel.server;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import org.apache.james.core.Username;
import org.reactivestreams.Publisher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.operation.Operation;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A line protocol with one operation for each thing that the server promises, to test the server without any real protocol. */
final class ToyProtocol implements Protocol<String, ToyProtocol.ToySession, ToyProtocol.Line> {
    private static final int MAX_LINE = 1000;
    private static final int MAX_LINE_OF_USERS = 500_000;

    enum State { FRESH, SHY }

    record Line(String text) implements Reply {
        @Override
        public boolean completes() {
            return text.startsWith("DONE");
        }
    }

    static final class ToySession implements Session {
        private final Connection<String, Line> connection;
        private final AtomicInteger closed;
        private volatile State state = State.FRESH;

        private ToySession(Connection<String, Line> connection, AtomicInteger closed) {
            this.connection = connection;
            this.closed = closed;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public Optional<Username> user() {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** The simplest layer that can be told from none. */
    private static final class Rot13 extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object octets) {
            ctx.fireChannelRead(turned((ByteBuf) octets));
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object octets, ChannelPromise promise) {
            ctx.write(turned((ByteBuf) octets), promise);
        }

        private static ByteBuf turned(ByteBuf octets) {
            for (int i = octets.readerIndex(); i < octets.writerIndex(); i++) {
                int octet = octets.getByte(i);
                if (octet >= 'a' && octet <= 'z') {
                    octets.setByte(i, 'a' + (octet - 'a' + 13) % 26);
                }
            }
            return octets;
        }
    }

    private record ToyOperation(String name, Set<State> allowedIn, BiFunction<String, ToySession, Publisher<Line>> work)
            implements Operation<String, String, ToySession, Line> {
        @Override
        public String parse(String frame) {
            return frame.contains(" ") ? frame.substring(frame.indexOf(' ') + 1) : "";
        }

        @Override
        public Publisher<Line> run(String request, ToySession session) {
            return work.apply(request, session);
        }
    }

    final AtomicInteger closedSessions = new AtomicInteger();
    final AtomicLong produced = new AtomicLong();
    final AtomicInteger cut = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    volatile boolean opens = true;
    volatile Optional<Connection<String, Line>> last = Optional.empty();
    private final Operations<ToyOperation> operations = new Operations<>(List.of(
        operation("echo", (text, session) -> Mono.just(new Line(text))),
        operation("slow", (text, session) -> Mono.fromCallable(() -> {
            Thread.sleep(Long.parseLong(text));
            finished.incrementAndGet();
            return new Line("slept " + text);
        })),
        operation("flood", (text, session) -> Flux.range(0, Integer.parseInt(text))
            .map(i -> {
                produced.incrementAndGet();
                return new Line("x".repeat(1000));
            })),
        operation("break", (text, session) -> {
            throw new IllegalStateException("secret of the server");
        }),
        operation("overflow", (text, session) -> Mono.just(new Line("" + endless(0)))),
        operation("blockedOverflow", (text, session) -> Blocking.call(() -> new Line("" + endless(0)))),
        operation("deny", (text, session) -> Mono.error(new ProtocolException(Failure.NO_PERMISSION, "no"))),
        operation("ask", (text, session) -> session.connection.ask(new Line("well?")).map(answer -> new Line("DONE you said " + answer))),
        operation("starttls", (text, session) -> Mono.fromRunnable(session.connection::startTls)),
        operation("layer", (text, session) -> Mono.fromRunnable(() -> session.connection.startLayer(Rot13::new))),
        operation("quit", (text, session) -> Mono.fromRunnable(session.connection::closeAfterReply)),
        operation("shy", (text, session) -> Mono.fromRunnable(() -> session.state = State.SHY)),
        operation("login", (text, session) -> Mono.fromRunnable(session.connection::loggedIn)),
        operation("slowask", (text, session) -> Mono.delay(Duration.ofMillis(Long.parseLong(text)))
            .then(session.connection.ask(new Line("well?"))).map(Line::new)),
        operation("slowtls", (text, session) -> Mono.delay(Duration.ofMillis(Long.parseLong(text)))
            .then(Mono.fromRunnable(session.connection::startTls))),
        operation("where", (text, session) -> Mono.just(new Line(session.connection.remoteAddress().getHostAddress()))),
        operation("mute", (text, session) -> Mono.empty()),
        operation("encrypted", (text, session) -> Mono.just(new Line("" + session.connection.isEncrypted())))));

    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    private static ToyOperation operation(String name, BiFunction<String, ToySession, Publisher<Line>> work) {
        return new ToyOperation(name, EnumSet.of(State.FRESH), work);
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public ChannelHandler decoder() {
        return new ByteToMessageDecoder() {
            private int maxLine = MAX_LINE;

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
                if (event == ConnectionEvent.LOGGED_IN) {
                    maxLine = MAX_LINE_OF_USERS;
                }
                super.userEventTriggered(ctx, event);
            }

            @Override
            protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
                int length = in.bytesBefore((byte) '\n');
                if (length > maxLine || (length < 0 && in.readableBytes() > maxLine)) {
                    in.skipBytes(in.readableBytes());
                    out.add(new Malformed(new ProtocolException(Failure.TOO_BIG, "line too long"), true));
                } else if (length >= 0) {
                    cut.incrementAndGet();
                    out.add(in.readCharSequence(length, StandardCharsets.UTF_8).toString().strip());
                    in.skipBytes(1);
                }
            }
        };
    }

    @Override
    public ToySession open(Connection<String, Line> connection) {
        if (!opens) {
            throw new IllegalStateException("cannot open");
        }
        last = Optional.of(connection);
        return new ToySession(connection, closedSessions);
    }

    @Override
    public boolean refuses(InetAddress client) {
        return client.getHostAddress().startsWith("198.51.100.");
    }

    @Override
    public Optional<Line> refused(Refusal refusal, InetAddress client) {
        return Optional.of(new Line("refused " + refusal));
    }

    @Override
    public Optional<Line> greeting(ToySession session) {
        return Optional.of(new Line("hello"));
    }

    @Override
    public Operations<ToyOperation> operations() {
        return operations;
    }

    @Override
    public String verb(String frame) {
        return frame.contains(" ") ? frame.substring(0, frame.indexOf(' ')) : frame;
    }

    @Override
    public Optional<Line> completed(String frame, ToySession session) {
        if (frame.equals("mute")) {
            throw new IllegalStateException("no word for it");
        }
        return Optional.of(new Line("ok " + verb(frame)));
    }

    @Override
    public Line failed(Optional<String> frame, ProtocolException failure, ToySession session) {
        return new Line("failed " + failure.failure() + " " + failure.text());
    }

    @Override
    public Optional<Line> goodbye(ToySession session) {
        return Optional.of(new Line("goodbye"));
    }

    @Override
    public Optional<Line> newsLost(ToySession session) {
        return Optional.of(new Line("news lost"));
    }

    @Override
    public void encode(Line reply, ByteBuf out) {
        out.writeCharSequence(reply.text() + "\r\n", StandardCharsets.UTF_8);
    }
}

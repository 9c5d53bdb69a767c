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


package io.jamesext.lemonade.smtp.wire;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.ProtocolSessionImpl;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.NettyProtocolTransport;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The connection beneath a session of James: what a command cannot do by its answer alone. */
public final class SmtpConnection {
    private static final Logger LOGGER = LoggerFactory.getLogger(SmtpConnection.class);
    private static final AttachmentKey<SmtpConnection> KEY = AttachmentKey.of("jamesext.connection", SmtpConnection.class);
    /**
     * What a command gives James that answers by way of its connection: a reply without lines, for James's statistics want one.
     */
    public static final Response ANSWERED = new Response() {
        @Override
        public String getRetCode() {
            return SMTPRetCode.MAIL_OK;
        }

        @Override
        public List<CharSequence> getLines() {
            return List.of();
        }

        @Override
        public boolean isEndSession() {
            return false;
        }
    };
    /** Octets of a line with its end: RFC 4954 section 4 asks for that many, and the longest URL of BURL fits. */
    public static final int MAX_LINE_OCTETS = 12_288;
    private static final Field CHANNEL = channelField();

    private final SMTPSession session;
    private final Channel channel;
    private final SmtpFramer framer;
    private final Consumer<LongLine> longLine;
    /** Who waits for a line that is no command. */
    private Optional<MonoSink<String>> asking = Optional.empty();

    private SmtpConnection(SMTPSession session, Consumer<LongLine> longLine) {
        this.session = session;
        this.channel = channel(session);
        this.framer = new SmtpFramer(this::onLongLine);
        this.longLine = longLine;
    }

    /**
     * Takes the place of James's framer, which cuts lines ahead of the commands, on a thread of its own, and so could not leave a chunk
     * whole.
     *
     * @param longLine called on the event loop in the place of a line that is too long
     */
    public static void open(SMTPSession session, Consumer<LongLine> longLine) {
        SmtpConnection connection = new SmtpConnection(session, longLine);
        session.setAttachment(KEY, connection, State.Connection);
        ChannelPipeline pipeline = connection.channel.pipeline();
        pipeline.addBefore(HandlerConstants.CORE_HANDLER, "smtpFramer", connection.framer);
        pipeline.addBefore(HandlerConstants.CORE_HANDLER, "enhancedStatusCodes", new EnhancedStatusCodes(connection.framer));
        // What a client sends before it is greeted may be under way through James's framer. It comes before all that is read from now on.
        connection.framer.hold();
        EventExecutor executor = pipeline.context(HandlerConstants.FRAMER).executor();
        pipeline.remove(HandlerConstants.FRAMER);
        executor.execute(() -> connection.channel.eventLoop().execute(connection.framer::release));
    }

    /** The connection of a session. */
    public static SmtpConnection of(SMTPSession session) {
        return session.getAttachment(KEY, State.Connection)
            .orElseThrow(() -> new IllegalStateException("the handlerchain is not that of LemonadeHandlers"));
    }

    /** Gives the next octets to a receiver, in the place of lines; to be called while a command is processed. */
    public void receive(long octets, ChunkReceiver receiver) {
        if (octets == 0) {
            receiver.complete();
        } else {
            framer.chunk(octets, receiver);
        }
    }

    /** Whether the client has sent more than the command that is processed. */
    public boolean hasMore() {
        return framer.hasMore();
    }

    /** Sends a reply that is no command's result. On the event loop. */
    public void answer(Response response) {
        ((ProtocolSessionImpl) session).getProtocolTransport().writeResponse(response, session);
    }

    /** Sends a reply that ends the session. On the event loop; whatever the client has sent behind is thrown away. */
    public void end(SMTPResponse response) {
        framer.end();
        response.setEndSession(true);
        answer(response);
    }

    /** Sends the reply when it is there; until then no further command is read. To be called on the event loop. */
    public void answer(Mono<Response> response) {
        framer.hold();
        response.onErrorResume(e -> {
            LOGGER.error("a command failed", e);
            return Mono.empty();
        }).switchIfEmpty(Mono.fromCallable(session::newFatalErrorResponse)).subscribe(reply -> channel.eventLoop().execute(() -> {
            if (channel.isActive()) {
                answer(reply);
            }
            framer.release();
        }));
    }

    /**
     * Sends a reply that asks for one line more, and gives that line without its end; or fails with {@link Failure#TOO_BIG} if it is longer
     * than {@link #MAX_LINE_OCTETS}. Only what {@link #answer(Mono)} waits for may ask.
     */
    public Mono<String> ask(Response question) {
        return Mono.create(line -> channel.eventLoop().execute(() -> {
            if (!channel.isActive()) {
                framer.release();
                return;
            }
            asking = Optional.of(line);
            session.pushLineHandler((SMTPSession asked, byte[] octets) -> {
                asked().success(new String(octets, StandardCharsets.US_ASCII).trim());
                return null;
            });
            answer(question);
            framer.release();
        }));
    }

    private MonoSink<String> asked() {
        session.popLineHandler();
        framer.hold();
        MonoSink<String> line = asking.orElseThrow();
        asking = Optional.empty();
        return line;
    }

    private void onLongLine(LongLine line) {
        if (asking.isPresent()) {
            asked().error(new ProtocolException(Failure.TOO_BIG, "line longer than " + MAX_LINE_OCTETS + " octets"));
        } else {
            longLine.accept(line);
        }
    }

    private static Channel channel(SMTPSession session) {
        try {
            return (Channel) CHANNEL.get(((ProtocolSessionImpl) session).getProtocolTransport());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** James's transport keeps its channel to itself, and nothing else leads from a session to it. */
    private static Field channelField() {
        try {
            Field field = NettyProtocolTransport.class.getDeclaredField("channel");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("This is not James 3.8: " + NettyProtocolTransport.class.getName() + " has no channel", e);
        }
    }
}

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


package io.jamesext.lemonade.imap.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imapserver.netty.HAProxyMessageHandler;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.ImapChannelUpstreamHandler;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.NettyImapSession;
import org.apache.james.protocols.api.ProxyInformation;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** James's session of a connection, with what the frames add: the next line of a conversation, compression, a new beginning. */
public final class FramedSession extends NettyImapSession {
    /** What a listener's sessions are made of. */
    public record Settings(@Nullable Encryption encryption, boolean compress, AuthenticationConfiguration authentication) {
        FramedSession open(Channel channel, SessionId id) {
            return new FramedSession(channel, id, this);
        }
    }

    private final Channel channel;
    private final Settings settings;
    private final AtomicBoolean turnWanted = new AtomicBoolean();
    private final Set<Attachment> attachments = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Runnable listener;
    private volatile boolean told;
    private int failedLogIns;

    private FramedSession(Channel channel, SessionId id, Settings settings) {
        super(channel, settings.encryption(), settings.compress(), settings.authentication().isSSLRequired(),
            settings.authentication().isPlainAuthEnabled(), id, settings.authentication().getOidcSASLConfiguration());
        this.channel = channel;
        this.settings = settings;
    }

    /** What lives as long as the client is logged in, and must be ended then. */
    @FunctionalInterface
    public interface Attachment {
        /** Ends it; it may have been ended already. */
        Mono<Void> end();
    }

    /** The session that a processor of ours is given. */
    public static FramedSession of(ImapSession session) {
        return (FramedSession) session;
    }

    /** Puts a session of these settings in the place of the one that James's core handler has just made. */
    static void install(Channel channel, Settings settings) {
        ImapSession made = channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        install(channel, settings.open(channel, made.sessionId()), made);
    }

    private static void install(Channel channel, FramedSession session, ImapSession before) {
        session.setAttribute(ImapChannelUpstreamHandler.MDC_KEY, before.getAttribute(ImapChannelUpstreamHandler.MDC_KEY));
        channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session);
    }

    /** Where the client is: at the other end, or where the proxy says, under James's key {@code proxyRequired}. */
    public InetAddress clientAddress() {
        ProxyInformation proxied = channel.attr(HAProxyMessageHandler.PROXY_INFO).get();
        return (proxied == null ? (InetSocketAddress) channel.remoteAddress() : proxied.getSource()).getAddress();
    }

    /** Notes a failed log-in; answers the how manieth of this connection it is. */
    public int logInFailed() {
        failedLogIns++;
        return failedLogIns;
    }

    /**
     * The next line that the client sends, for a command that is a conversation; without its end, each octet a character. It is never run
     * as a command. A client that forgets to end the conversation and sends a command has it given here whole, with the announcements of
     * its literals, which are read over: neither is run.
     */
    public Mono<String> nextLine() {
        ChannelHandlerContext frames = frames();
        return ((FrameDecoder) frames.handler()).nextLine(frames);
    }

    /**
     * Something has happened that the client may be told of: wakes the command that waits for it, or takes the client's turn as soon as
     * no command runs. From any thread.
     */
    public void ring() {
        Runnable waiting = listener;
        if (waiting != null) {
            waiting.run();
        } else if (told && turnWanted.compareAndSet(false, true)) {
            channel.eventLoop().execute(() -> {
                turnWanted.set(false);
                ChannelHandlerContext frames = channel.pipeline().context(REQUEST_DECODER);
                if (frames != null) {
                    ((FrameDecoder) frames.handler()).turn(frames);
                }
            });
        }
    }

    /** From now on a command that waits is woken by news. */
    public void listen(Runnable woken) {
        listener = woken;
    }

    /** No command waits any more. What has happened meanwhile and was not told is told in the client's turn. */
    public void ignore() {
        listener = null;
        ring();
    }

    /** Whether the client is told news between its commands, RFC 5465: in turns, which run as {@link Turn}. */
    public void tellBetweenCommands(boolean tell) {
        told = tell;
        ring();
    }

    /** Has it ended with the log-in of the client. */
    public void attach(Attachment attachment) {
        attachments.add(attachment);
    }

    /** Ends it now. */
    public Mono<Void> detach(Attachment attachment) {
        return Mono.defer(() -> {
            attachments.remove(attachment);
            return attachment.end();
        });
    }

    private Mono<Void> detachAll() {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(attachments))).concatMapDelayError(this::detach).then();
    }

    /** What a command has begun after its client left, and the session with it, is ended. */
    Mono<Void> endIfLeft() {
        return Mono.defer(() -> channel.isActive() ? Mono.empty() : logout());
    }

    @Override
    public Mono<Void> logout() {
        return detachAll().then(super.logout());
    }

    /**
     * Forgets all that this connection is but its TLS, RFC 8437 section 3: another session takes the place of this one.
     *
     * @param answer sends the answer; what the client sends behind it belongs to the new session
     */
    public Mono<Void> unauthenticate(Runnable answer) {
        return deselect()
            .then(detachAll())
            .then(Mono.<Void>fromRunnable(() -> {
                told = false;
                answer.run();
                if (isCompressionActive()) {
                    channel.pipeline().remove(ZLIB_ENCODER);
                }
                install(channel, settings.open(channel, sessionId()), this);
                ChannelHandlerContext frames = frames();
                ((FrameDecoder) frames.handler()).unauthenticated(frames);
            }).subscribeOn(Schedulers.fromExecutor(channel.eventLoop())));
    }

    @Override
    public boolean startCompression(Runnable answer) {
        if (!isCompressionSupported() || isCompressionActive()) {
            return false;
        }
        executeSafely(() -> {
            answer.run();
            ((FrameDecoder) frames().handler()).startInflating();
            ChannelPipeline pipeline = channel.pipeline();
            // RFC 4978 section 3: compressed before it is encrypted.
            if (pipeline.get(SSL_HANDLER) == null) {
                pipeline.addFirst(ZLIB_ENCODER, new DeflateEncoder());
            } else {
                pipeline.addAfter(SSL_HANDLER, ZLIB_ENCODER, new DeflateEncoder());
            }
        });
        return true;
    }

    @Override
    public boolean isCompressionActive() {
        return channel.pipeline().get(ZLIB_ENCODER) != null;
    }

    /** James's own forgets the mailbox before it can be told that it is watched no more. */
    @Override
    public Mono<Void> deselect() {
        SelectedMailbox selected = getSelected();
        return selected == null ? super.deselect() : super.deselect().then(selected.deselect());
    }

    /** Not in the midst of compressed octets, and not for a client that has logged in. RFC 3501 section 6.2.1. */
    @Override
    public boolean supportStartTLS() {
        return super.supportStartTLS() && getState() == ImapSessionState.NON_AUTHENTICATED && !isCompressionActive();
    }

    /** On the event loop. James stops reading meanwhile and then reads in any case; here the frames say when to read. */
    @Override
    public void executeSafely(Runnable task) {
        channel.eventLoop().execute(task);
    }

    private ChannelHandlerContext frames() {
        return channel.pipeline().context(REQUEST_DECODER);
    }
}

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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.ximss.reply.Response;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.xml.Element;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The requests of one POST and what is answered. On the session's event loop. */
final class Batch {
    /** Where its answers go. */
    enum Mode {
        /** To the POST. */
        SYNC,
        /** To the POST, and news with them: syncAsync=1. */
        SYNC_WITH_NEWS,
        /** To the long poll. */
        ASYNC
    }

    /** What begins every document of the binding. */
    static final String BEGIN = "<XIMSS>";
    /** What ends it. */
    static final String END = "</XIMSS>";

    /** The longest answer that is kept for a client that may not have got it. */
    private static final int MAX_KEPT = 1 << 20;

    private final Deque<Element> requests;
    private final Post post;
    private final LongPoll poll;
    private final Protocol<?, ?, XimssReply> protocol;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Outlet outlet;
    private boolean isTooLong;
    private boolean hasBegun;
    private boolean hasEnded;

    Batch(Post post, Outlet outlet, LongPoll poll, Protocol<?, ?, XimssReply> protocol) {
        this.requests = new ArrayDeque<>(post.requests());
        this.post = post;
        this.outlet = outlet;
        this.poll = poll;
        this.protocol = protocol;
        // Only what has a number is asked for again.
        this.isTooLong = post.number().isEmpty();
    }

    /** The whole answer of a POST that is not run. */
    static void refuse(Outlet outlet, ProtocolException failure, Protocol<?, ?, XimssReply> protocol) {
        outlet.write(octets(BEGIN));
        outlet.write(octets(new XimssReply(Optional.empty(), new Response(Optional.of(failure))), protocol));
        outlet.write(octets(END));
        outlet.end();
    }

    Optional<Long> number() {
        return post.number();
    }

    boolean takesNews() {
        return post.mode() == Mode.SYNC_WITH_NEWS;
    }

    /** It will be run. */
    void accepted() {
        if (post.mode() == Mode.ASYNC) {
            finish();
        }
    }

    /** It will not be run. Its number counts all the same, for the client takes it for answered. */
    void refused(ProtocolException failure) {
        send(octets(new XimssReply(Optional.empty(), new Response(Optional.of(failure))), protocol));
        finish();
    }

    /** The next request, or null at the end. */
    @Nullable Element next() {
        return requests.poll();
    }

    /** Writes an answer; false when the client should catch up first. */
    boolean write(XimssReply reply) {
        ByteBuf octets = octets(reply, protocol);
        if (post.mode() == Mode.ASYNC) {
            poll.add(octets);
        } else {
            send(octets);
        }
        return isReady();
    }

    boolean isReady() {
        return post.mode() == Mode.ASYNC ? poll.isReady() : outlet.isReady();
    }

    /** All requests have been answered. */
    void end() {
        if (post.mode() != Mode.ASYNC) {
            finish();
        }
    }

    /** The session has ended before all requests were run. */
    void breakOff() {
        if (hasBegun) {
            end();
        } else if (post.mode() != Mode.ASYNC) {
            outlet.gone();
        }
    }

    /** The client asks again: from now on the answer goes there. Who asks twice has lost the connection that he asked on first. */
    void again(Outlet retry) {
        if (!hasEnded) {
            outlet.drop();
        }
        if (isTooLong) {
            refuse(retry, new ProtocolException(Failure.TOO_BIG, "the answer was too long to be kept"), protocol);
            return;
        }
        outlet = retry;
        if (hasBegun) {
            outlet.write(Unpooled.wrappedBuffer(kept.toByteArray()));
        }
        if (hasEnded) {
            outlet.end();
        }
    }

    private void send(ByteBuf octets) {
        if (!hasBegun) {
            hasBegun = true;
            send(octets(BEGIN));
        }
        isTooLong |= kept.size() + octets.readableBytes() > MAX_KEPT;
        if (isTooLong) {
            kept.reset();
        } else {
            kept.writeBytes(ByteBufUtil.getBytes(octets));
        }
        outlet.write(octets);
    }

    private void finish() {
        hasEnded = true;
        send(octets(END));
        outlet.end();
    }

    /** A message of XIMSS without the zero that ends it on TCP. */
    static ByteBuf octets(XimssReply reply, Protocol<?, ?, XimssReply> protocol) {
        ByteBuf octets = Unpooled.buffer();
        protocol.encode(reply, octets);
        return octets.writerIndex(octets.writerIndex() - 1);
    }

    /** A whole answer of one message. */
    static byte[] document(XimssReply reply, Protocol<?, ?, XimssReply> protocol) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(octets(BEGIN), octets(reply, protocol), octets(END)));
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}

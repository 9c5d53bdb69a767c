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
package io.jamesext.ximss.frame;

import java.util.List;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ConnectionEvent;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts the bytes at each binary zero and reads what is between as XML. XIMSS, "Protocol and Message Syntax". Every byte is looked
 * at once. A frame over the limit is refused as soon as the limit is passed and thrown away up to its zero; the next frame is
 * read as if nothing had happened.
 */
public final class NulFrameDecoder extends ByteToMessageDecoder {
    /** Before the log-in: what a stranger can make the server keep. No request that is allowed then needs a hundredth of it. */
    public static final int MAX_STRANGERS_FRAME_BYTES = 64 * 1024;

    private final int maxUsersFrameBytes;
    private int maxFrameBytes;
    private int scanned;
    private boolean discarding;

    /**
     * @param maxUsersFrameBytes the longest request of a user who is logged in, its zero not counted
     */
    public NulFrameDecoder(int maxUsersFrameBytes) {
        this.maxUsersFrameBytes = maxUsersFrameBytes;
        this.maxFrameBytes = Math.min(maxUsersFrameBytes, MAX_STRANGERS_FRAME_BYTES);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == ConnectionEvent.LOGGED_IN) {
            maxFrameBytes = maxUsersFrameBytes;
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int begin = in.readerIndex();
        int zero = in.indexOf(begin + scanned, in.writerIndex(), (byte) 0);
        int length = (zero < 0 ? in.writerIndex() : zero) - begin;
        if (!discarding && length > maxFrameBytes) {
            discarding = true;
            out.add(refused(new ProtocolException(Failure.TOO_BIG, "the request is larger than " + maxFrameBytes + " bytes")));
        }
        if (zero >= 0) {
            if (!discarding && !isBlank(in, begin, length)) {
                out.add(frame(in, begin, length));
            }
            in.readerIndex(zero + 1);
            scanned = 0;
            discarding = false;
        } else if (discarding) {
            in.readerIndex(in.writerIndex());
            scanned = 0;
        } else {
            scanned = length;
        }
    }

    /** Stray zeros between frames, and the line ends of people who type into netcat, are no requests. */
    private static boolean isBlank(ByteBuf in, int begin, int length) {
        return in.forEachByte(begin, length, b -> b == ' ' || b == '\r' || b == '\n' || b == '\t') < 0;
    }

    private static Object frame(ByteBuf in, int begin, int length) {
        try {
            return XmlReader.read(in.nioBuffer(begin, length));
        } catch (ProtocolException e) {
            return refused(e);
        }
    }

    private static Malformed refused(ProtocolException failure) {
        // The next zero is where the next request begins, so nothing has to close.
        return new Malformed(failure, false);
    }
}

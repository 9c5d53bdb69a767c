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
package io.jamesext.dmap.dmtp.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts a client's octets into {@link DmtpFrame}s. Of the commands it knows only how DATA announces the octets behind it, for these come
 * whether the command is accepted or not, as those of BDAT do (RFC 3030).
 */
public final class DmtpDecoder extends ByteToMessageDecoder {
    private enum State { LINE, MESSAGE, LOST }

    private final long maxMessageBytes;
    private State state = State.LINE;
    private int scanned;
    private long missing;

    /**
     * For one connection.
     *
     * @param maxMessageBytes the largest message; a larger one is refused before its first octet
     */
    public DmtpDecoder(long maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (state) {
            case LINE -> readLine(in, out);
            case MESSAGE -> readMessage(in, out);
            case LOST -> in.skipBytes(in.readableBytes());
        }
    }

    private void readLine(ByteBuf in, List<Object> out) {
        int lf = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) '\n');
        int length = (lf < 0 ? in.writerIndex() : lf) - in.readerIndex();
        if (length >= CommandLine.MAX_BYTES) {
            lose(in, out, new ProtocolException(Failure.SYNTAX, "a line has at most " + CommandLine.MAX_BYTES + " octets"));
            return;
        }
        scanned = lf < 0 ? length : 0;
        if (lf < 0) {
            return;
        }
        String line = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        in.skipBytes(1);
        if (!line.endsWith("\r")) {
            // Whoever ends lines otherwise may mean another end of a message than we do.
            lose(in, out, new ProtocolException(Failure.SYNTAX, "a line ends with CRLF"));
            return;
        }
        try {
            announce(CommandLine.parse(line.substring(0, length - 1)), in, out);
        } catch (ProtocolException e) {
            // A DATA that cannot be read may have octets behind it.
            lose(in, out, e, line.regionMatches(true, 0, "DATA", 0, 4));
        }
    }

    private void announce(CommandLine line, ByteBuf in, List<Object> out) {
        Optional<Long> size = line.announced();
        if (size.isPresent() && size.get() > maxMessageBytes) {
            lose(in, out, new ProtocolException(Failure.TOO_BIG, "a message has at most " + maxMessageBytes + " octets"));
            return;
        }
        out.add(new DmtpFrame.Command(line));
        if (size.isPresent()) {
            missing = size.get();
            state = State.MESSAGE;
            ended(out);
        }
    }

    private void readMessage(ByteBuf in, List<Object> out) {
        byte[] octets = new byte[(int) Math.min(in.readableBytes(), missing)];
        in.readBytes(octets);
        missing -= octets.length;
        out.add(new DmtpFrame.Part(octets));
        ended(out);
    }

    private void ended(List<Object> out) {
        if (missing == 0) {
            out.add(new DmtpFrame.End());
            state = State.LINE;
        }
    }

    private void lose(ByteBuf in, List<Object> out, ProtocolException failure) {
        lose(in, out, failure, true);
    }

    private void lose(ByteBuf in, List<Object> out, ProtocolException failure, boolean closes) {
        out.add(new Malformed(failure, closes));
        if (closes) {
            in.skipBytes(in.readableBytes());
            state = State.LOST;
        }
    }
}

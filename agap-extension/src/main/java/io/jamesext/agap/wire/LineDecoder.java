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
package io.jamesext.agap.wire;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts the client's bytes into {@link Line}s. AGAP section 2.1: UTF-8; section 2.2: at most 1024 characters with the line's end, which is
 * LF with an optional CR before it. After a line that breaks these rules nobody knows whether the next one is a command or the rest of a
 * body, so the connection closes, as both sections allow, and all further bytes are thrown away.
 */
public final class LineDecoder extends ByteToMessageDecoder {
    /** AGAP section 2.2, in characters, with the line's end. */
    public static final int MAX_CHARACTERS = 1024;
    /** The same in octets, when each character takes the four that UTF-8 needs at most: what a client can make us keep. */
    public static final int MAX_OCTETS = 4 * MAX_CHARACTERS;

    /** So many octets from the reader index on hold no LF. */
    private int scanned;
    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int lineFeed = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) '\n');
        scanned = lineFeed < 0 ? in.readableBytes() : 0;
        int octets = lineFeed < 0 ? scanned : lineFeed - in.readerIndex() + 1;
        if (octets > MAX_OCTETS) {
            in.skipBytes(in.readableBytes());
            out.add(broken(Failure.TOO_BIG, "INVALID line (longer than " + MAX_CHARACTERS + " characters)"));
        } else if (lineFeed >= 0) {
            out.add(line(in.readSlice(octets)));
        }
    }

    /** A line's octets, LF included, as a line. */
    private Object line(ByteBuf octets) {
        int end = octets.readableBytes() - 1;
        boolean carriageReturn = end > 0 && octets.getByte(octets.readerIndex() + end - 1) == '\r';
        ByteBuf content = octets.slice(octets.readerIndex(), carriageReturn ? end - 1 : end);
        if (content.indexOf(content.readerIndex(), content.writerIndex(), (byte) 0) >= 0) {
            return broken(Failure.SYNTAX, "INVALID line (NUL)");
        }
        if (content.indexOf(content.readerIndex(), content.writerIndex(), (byte) '\r') >= 0) {
            return broken(Failure.SYNTAX, "INVALID line (CR without LF)");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(content.nioBuffer()).toString();
            int ends = carriageReturn ? 2 : 1;
            return text.codePointCount(0, text.length()) + ends > MAX_CHARACTERS
                ? broken(Failure.TOO_BIG, "INVALID line (longer than " + MAX_CHARACTERS + " characters)")
                : new Line(text);
        } catch (CharacterCodingException e) {
            return broken(Failure.SYNTAX, "INVALID line (not UTF-8)");
        }
    }

    private Malformed broken(Failure failure, String text) {
        broken = true;
        return new Malformed(new ProtocolException(failure, text), true);
    }
}

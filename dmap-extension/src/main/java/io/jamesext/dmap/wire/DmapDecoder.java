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
package io.jamesext.dmap.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ConnectionEvent;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Cuts the client's bytes into {@link Frame}s: a command is a line with its literals. Draft sections 3.2 and 5.3. It knows
 * delimiters, lengths and limits, no commands; the octets of a literal are never looked at.
 */
public final class DmapDecoder extends ByteToMessageDecoder {
    private enum State { LINE, LITERAL, STREAM, LOST }

    private final Limits limits;
    private final List<CommandText.Piece> pieces = new ArrayList<>();
    private State state = State.LINE;
    private int scanned;
    private long total;
    private boolean illFormed;
    private String line = "";
    private LiteralMarker marker = LiteralMarker.NONE;
    private byte[] literal = {};
    private int filled;
    private boolean loggedIn;
    private long streaming;
    /** True behind a command with a streamed literal that was fired already, up to the end of its line. */
    private boolean behind;

    /** For one connection. */
    public DmapDecoder(Limits limits) {
        this.limits = limits;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (state) {
            case LINE -> readLine(in, out);
            case LITERAL -> readLiteral(in);
            case STREAM -> readStream(in, out);
            case LOST -> in.skipBytes(in.readableBytes());
        }
    }

    /** Draft section 4: only who has logged in may send messages. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        loggedIn |= event == ConnectionEvent.LOGGED_IN;
        super.userEventTriggered(ctx, event);
    }

    private void readLine(ByteBuf in, List<Object> out) {
        int lf = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) '\n');
        int length = (lf < 0 ? in.writerIndex() : lf) - in.readerIndex();
        if (length > Limits.LINE) {
            lose(in, out, new ProtocolException(Failure.TOO_BIG, "the line is too long"));
            return;
        }
        scanned = lf < 0 ? length : 0;
        if (lf < 0) {
            return;
        }
        byte[] octets = new byte[length];
        in.readBytes(octets).skipBytes(1);
        // Draft section 3.2: lines end with CRLF. Whoever ends them otherwise may mean another end of a literal than we do.
        if (length == 0 || octets[length - 1] != '\r') {
            lose(in, out, new ProtocolException(Failure.SYNTAX, "a line ends with CRLF"));
            return;
        }
        total += length + 1L;
        marker = LiteralMarker.atEndOf(octets, length - 1);
        line = text(octets, length - 1 - marker.width());
        if (marker.isPresent()) {
            announced(in, out);
        } else {
            pieces.add(new CommandText.Piece(line, Optional.empty()));
            out.add(finished());
        }
    }

    private void announced(ByteBuf in, List<Object> out) {
        if (streams()) {
            if (marker.isSynchronising()) {
                out.add(new Frame.Continuation());
            }
            stream(out);
            return;
        }
        boolean tooBig = behind || marker.size() > limits.literal() || total + marker.size() > limits.command();
        boolean unasked = !marker.isSynchronising() && marker.size() > Limits.UNASKED_LITERAL;
        if (tooBig || unasked) {
            ProtocolException failure = behind ? trailing() : new ProtocolException(Failure.TOO_BIG, "the literal is too large");
            if (marker.isSynchronising()) {
                // Draft section 3.2.1: the tagged BAD prevents the client from sending the octets.
                out.add(refused(failure));
            } else {
                lose(in, out, failure);
            }
            return;
        }
        if (marker.isSynchronising()) {
            out.add(new Frame.Continuation());
        }
        total += marker.size();
        literal = new byte[(int) marker.size()];
        filled = 0;
        state = State.LITERAL;
        completeLiteral();
    }

    private boolean streams() {
        boolean asked = marker.isSynchronising() || marker.size() <= Limits.UNASKED_LITERAL;
        return loggedIn && !behind && !illFormed && asked && marker.size() > limits.literal() && marker.size() <= limits.message()
            && total <= limits.command() && CommandText.takesMessage(pieces.isEmpty() ? line : pieces.get(0).line());
    }

    /** The command goes before its literal, so that nothing of a message has to be held here. */
    private void stream(List<Object> out) {
        pieces.add(new CommandText.Piece(line, Optional.of(Literal.streamed(marker.size(), marker.isBinary()))));
        pieces.add(new CommandText.Piece("", Optional.empty()));
        streaming = marker.size();
        out.add(finished());
        behind = true;
        state = State.STREAM;
    }

    private void readStream(ByteBuf in, List<Object> out) {
        byte[] octets = new byte[(int) Math.min(in.readableBytes(), streaming)];
        in.readBytes(octets);
        streaming -= octets.length;
        out.add(new Frame.Part(octets));
        state = streaming > 0 ? State.STREAM : State.LINE;
    }

    private void readLiteral(ByteBuf in) {
        int length = Math.min(in.readableBytes(), literal.length - filled);
        in.readBytes(literal, filled, length);
        filled += length;
        completeLiteral();
    }

    private void completeLiteral() {
        if (filled == literal.length) {
            pieces.add(new CommandText.Piece(line, Optional.of(new Literal(literal, marker.isBinary()))));
            literal = new byte[0];
            state = State.LINE;
        }
    }

    private Frame finished() {
        if (total > limits.command()) {
            return refused(new ProtocolException(Failure.TOO_BIG, "the command is too large"));
        }
        if (behind) {
            return line.isEmpty() ? ended(Optional.empty()) : refused(trailing());
        }
        if (illFormed) {
            return refused(new ProtocolException(Failure.SYNTAX, "a line is UTF-8 without NUL and CR"));
        }
        Frame command = new Frame.Command(new CommandText(ImmutableList.copyOf(pieces)));
        reset();
        return command;
    }

    private Frame refused(ProtocolException failure) {
        if (behind) {
            return ended(Optional.of(failure));
        }
        if (pieces.isEmpty()) {
            pieces.add(new CommandText.Piece(line, Optional.empty()));
        }
        Frame refused = new Frame.Refused(new CommandText(ImmutableList.copyOf(pieces.subList(0, 1))), failure);
        reset();
        return refused;
    }

    private static ProtocolException trailing() {
        return new ProtocolException(Failure.SYNTAX, "expected the end of the command behind the message");
    }

    private Frame ended(Optional<ProtocolException> failure) {
        reset();
        behind = false;
        return new Frame.End(failure);
    }

    private void reset() {
        pieces.clear();
        total = 0;
        illFormed = false;
        line = "";
        marker = LiteralMarker.NONE;
    }

    /** The next command's beginning cannot be known any more: refuses this one, then ends the connection. */
    private void lose(ByteBuf in, List<Object> out, ProtocolException failure) {
        in.skipBytes(in.readableBytes());
        out.add(refused(failure));
        out.add(new Malformed(failure, true));
        literal = new byte[0];
        state = State.LOST;
    }

    /** Ill-formed text is remembered and refused when the command is whole, for its literals have to be read past first. */
    private String text(byte[] octets, int length) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length)).toString();
            illFormed |= text.indexOf('\0') >= 0 || text.indexOf('\r') >= 0;
            return text;
        } catch (CharacterCodingException e) {
            illFormed = true;
            return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}

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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import reactor.core.scheduler.Schedulers;

/**
 * Cuts one command after the other out of the octets of a connection. It knows line ends, announcements of literals and limits, and no
 * command.
 *
 * <p>Its state is the text so far, the literals so far and what of the last one is missing; no octet is looked at twice.
 */
final class CommandCutter {
    /** What the octets so far amount to. */
    sealed interface Cut {
        /** Nothing before more octets arrive. */
        record More() implements Cut {
        }

        /** The client waits for a "+" before it sends a literal. RFC 3501 section 7.5. */
        record Continue() implements Cut {
        }

        /** Octets are to be stored in a file by a thread that may block, before the cutter is asked again. */
        record Store(StoreAction action) implements Cut {
        }

        /** A whole command. */
        record Whole(Frame frame) implements Cut {
        }

        /** A whole command that must not be run; the connection cannot be kept when {@code close}. */
        record Refused(String tag, Refusal why, boolean close) implements Cut {
        }
    }

    /** The part of {@link Cut.Store} that blocks. */
    @FunctionalInterface
    interface StoreAction {
        void run() throws IOException;

        /** Runs it where a thread may block, and says whether the octets are stored. */
        default void runAside(Consumer<Boolean> then) {
            Schedulers.boundedElastic().schedule(() -> {
                boolean stored = false;
                try {
                    run();
                    stored = true;
                } catch (IOException e) {
                    LOGGER.error("A literal could not be written to its temporary file", e);
                } finally {
                    then.accept(stored);
                }
            });
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(CommandCutter.class);
    private static final Cut MORE = new Cut.More();
    private static final Cut CONTINUE = new Cut.Continue();
    private static final int FIRST_TEXT_BYTES = 128;
    /** What is kept of a text that is too long: enough to see whether its line announces a literal. */
    private static final int TAIL_BYTES = 32;
    private static final int STORE_BYTES = 64 << 10;

    private final FrameLimits limits;
    private byte[] text = new byte[FIRST_TEXT_BYTES];
    private int length;
    private final List<Frame.Placed> literals = new ArrayList<>();
    private long literalBytes;
    private long memoryBytes;
    private @Nullable ReceivedLiteral arriving;
    private @Nullable Refusal refusal;
    private String tag = "*";
    private long toSwallow;
    private long swallowed;

    CommandCutter(FrameLimits limits) {
        this.limits = limits;
    }

    /** Whether the command under way is only read over. */
    boolean isRefusing() {
        return refusal != null;
    }

    /**
     * Takes octets until something is to be done. {@code authenticated} is the state at the beginning of the command, which cannot
     * change.
     */
    Cut next(ByteBuf in, boolean authenticated) {
        while (in.isReadable()) {
            if (toSwallow > 0) {
                int taken = (int) Math.min(toSwallow, in.readableBytes());
                in.skipBytes(taken);
                toSwallow -= taken;
                continue;
            }
            ReceivedLiteral literal = arriving;
            if (literal != null) {
                Optional<Cut> cut = literal(literal, in);
                if (cut.isPresent()) {
                    return cut.get();
                }
                continue;
            }
            Optional<Cut> cut = line(in, authenticated);
            if (cut.isPresent()) {
                return cut.get();
            }
        }
        return MORE;
    }

    /** Refuses the command under way, whose octets are read over to its end. */
    void refuse(Refusal why) {
        if (refusal == null) {
            refusal = why;
            tag = Frame.tag(text, length);
            discard();
        }
    }

    /** Frees what the literals of an unfinished command hold. */
    void discard() {
        literals.forEach(placed -> placed.literal().discard());
        literals.clear();
        ReceivedLiteral literal = arriving;
        if (literal != null) {
            toSwallow = literal.missing();
            arriving = null;
        }
    }

    private Optional<Cut> literal(ReceivedLiteral literal, ByteBuf in) {
        int taken = Math.min(literal.missing(), in.readableBytes());
        if (!literal.isInFile()) {
            int at = literal.reserve(taken);
            in.readBytes(literal.octets(), at, taken);
            arriving = literal.missing() == 0 ? null : literal;
            return Optional.empty();
        }
        byte[] arrived = new byte[Math.min(taken, STORE_BYTES)];
        in.readBytes(arrived);
        literal.announce(arrived.length);
        boolean complete = literal.missing() == 0;
        arriving = complete ? null : literal;
        return Optional.of(new Cut.Store(() -> {
            literal.write(arrived);
            if (complete) {
                literal.complete();
            }
        }));
    }

    private Optional<Cut> line(ByteBuf in, boolean authenticated) {
        int lineFeed = in.bytesBefore((byte) '\n');
        take(in, lineFeed < 0 ? in.readableBytes() : lineFeed + 1);
        if (swallowed > FrameLimits.swallowedBytes(authenticated)) {
            return Optional.of(end(true));
        }
        if (lineFeed < 0) {
            return Optional.empty();
        }
        Optional<LiteralHeader> header = LiteralHeader.at(text, length);
        if (header.isPresent()) {
            return announced(header.get(), authenticated);
        }
        return Optional.of(refusal == null ? whole() : end(false));
    }

    private void take(ByteBuf in, int count) {
        if (refusal == null && (long) length + count > limits.textBytes()) {
            // The tag is at the front, and is all that is wanted of the text from here on.
            int room = Math.min(count, Math.max(0, limits.textBytes() - length));
            append(in, room);
            refuse(Refusal.TEXT_TOO_LONG);
            keepTail(in, count - room);
            return;
        }
        if (refusal == null) {
            append(in, count);
        } else {
            keepTail(in, count);
        }
    }

    private void append(ByteBuf in, int count) {
        if (text.length - length < count) {
            text = Arrays.copyOf(text, (int) Math.max(2L * text.length, (long) length + count));
        }
        in.readBytes(text, length, count);
        length += count;
    }

    private void keepTail(ByteBuf in, int count) {
        swallowed += count;
        byte[] tail = new byte[TAIL_BYTES];
        int fromIn = Math.min(count, TAIL_BYTES);
        int fromText = Math.min(length, TAIL_BYTES - fromIn);
        System.arraycopy(text, length - fromText, tail, 0, fromText);
        in.skipBytes(count - fromIn);
        in.readBytes(tail, fromText, fromIn);
        text = tail;
        length = fromText + fromIn;
    }

    private Optional<Cut> announced(LiteralHeader header, boolean authenticated) {
        if (refusal == null) {
            if (literals.size() >= FrameLimits.LITERALS) {
                refuse(Refusal.TOO_MANY_LITERALS);
            } else if (header.sizeBytes() > limits.literalBytes(authenticated) - literalBytes) {
                refuse(Refusal.LITERAL_TOO_BIG);
            }
        }
        if (refusal == null) {
            return accept(header);
        }
        if (header.synchronising()) {
            // The client waits for our answer and sends nothing of the literal: the command ends here.
            return Optional.of(end(false));
        }
        // RFC 7888 section 4: the octets come in any case, and are read over or the connection is closed.
        long allowed = FrameLimits.swallowedBytes(authenticated) - swallowed;
        if (header.sizeBytes() > allowed) {
            return Optional.of(end(true));
        }
        swallowed += header.sizeBytes();
        toSwallow = header.sizeBytes();
        length = 0;
        return Optional.empty();
    }

    private Optional<Cut> accept(LiteralHeader header) {
        int sizeBytes = (int) header.sizeBytes();
        rewrite(header);
        literalBytes += sizeBytes;
        boolean inMemory = memoryBytes + sizeBytes <= limits.memoryBytes();
        memoryBytes += inMemory ? sizeBytes : 0;
        ReceivedLiteral literal = inMemory || sizeBytes == 0 ? ReceivedLiteral.inMemory(sizeBytes) : ReceivedLiteral.inFile(sizeBytes);
        literals.add(new Frame.Placed(length, literal));
        arriving = sizeBytes == 0 ? null : literal;
        return header.synchronising() ? Optional.of(CONTINUE) : Optional.empty();
    }

    private void rewrite(LiteralHeader header) {
        byte[] announcement = ("{" + header.sizeBytes() + "+}\r\n").getBytes(StandardCharsets.US_ASCII);
        if (text.length < header.start() + announcement.length) {
            text = Arrays.copyOf(text, header.start() + announcement.length);
        }
        System.arraycopy(announcement, 0, text, header.start(), announcement.length);
        length = header.start() + announcement.length;
    }

    private Cut whole() {
        Frame frame = new Frame(text, length, literals);
        reset();
        return new Cut.Whole(frame);
    }

    private Cut end(boolean close) {
        Refusal why = refusal == null ? Refusal.TEXT_TOO_LONG : refusal;
        Cut refused = new Cut.Refused(tag, why, close);
        discard();
        reset();
        return refused;
    }

    private void reset() {
        text = new byte[FIRST_TEXT_BYTES];
        length = 0;
        literals.clear();
        literalBytes = 0;
        memoryBytes = 0;
        arriving = null;
        refusal = null;
        tag = "*";
        toSwallow = 0;
        swallowed = 0;
    }
}

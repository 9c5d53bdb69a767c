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
package io.jamesext.dmap.dime.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The chunks of a message, without their contents. It is read in one pass, and of the contents nothing is held: this is what a server
 * that cannot decrypt knows of a message.
 */
public final class MessageLayout {
    /** The most chunks that a message may have. */
    public static final int MAX_CHUNKS = 10_000;
    /** Octets by which {@link #begins} tells a message. */
    public static final int MAGIC_BYTES = 2;
    /** The number that stands before tracing. */
    private static final int TRACING_MAGIC = 1837;

    private final ImmutableList<ChunkPlace> chunks;
    private final long start;
    private final long end;

    private MessageLayout(ImmutableList<ChunkPlace> chunks, long start, long end) {
        this.chunks = chunks;
        this.start = start;
        this.end = end;
    }

    /**
     * Reads a message to its end. SYNTAX if it is none: an unknown kind, kinds that are not in order or stand twice, lengths that do
     * not fit, more or fewer octets than its head says. TOO_BIG if it has more than {@link #MAX_CHUNKS} chunks.
     */
    public static MessageLayout read(InputStream message) throws IOException {
        try {
            return new Pass(message).run();
        } catch (EOFException e) {
            throw malformed("it ends early");
        }
    }

    /** Whether these octets begin as a message does, or as the tracing in front of one. Only {@link #read} tells whether they are one. */
    public static boolean begins(InputStream octets) throws IOException {
        byte[] head = octets.readNBytes(MAGIC_BYTES);
        int magic = head.length < MAGIC_BYTES ? 0 : new OctetReader(head).number(MAGIC_BYTES);
        return magic == ObjectType.MESSAGE.magic() || magic == TRACING_MAGIC;
    }

    /** All chunks, in the message's order; the first may be tracing. */
    public ImmutableList<ChunkPlace> chunks() {
        return chunks;
    }

    /** The chunk that DMAP calls {@code number.n}. */
    public Optional<ChunkPlace> find(int kind, long n) {
        return chunks.stream().filter(chunk -> chunk.kind().number() == kind && chunk.number() == n).findFirst();
    }

    /** The first chunk of a kind. */
    public Optional<ChunkPlace> find(ChunkKind kind) {
        return find(kind.number(), 1);
    }

    /** Whether all chunks are there that a message needs to be sent. Whether the origin's signature is made cannot be seen here. */
    public boolean isComplete() {
        return Arrays.stream(ChunkKind.values()).filter(ChunkKind::isRequired).allMatch(kind -> find(kind).isPresent());
    }

    /** Octets before the message's head, that is, of tracing. */
    public long start() {
        return start;
    }

    /** Octets of all. */
    public long end() {
        return end;
    }

    private static ProtocolException malformed(String cause) {
        return new ProtocolException(Failure.SYNTAX, "not a DIME message: " + cause);
    }

    /** One reading. */
    private static final class Pass {
        private final InputStream message;
        private final ImmutableList.Builder<ChunkPlace> chunks = ImmutableList.builder();
        private final Map<ChunkKind, Integer> counts = new EnumMap<>(ChunkKind.class);
        private long at;
        private int number;
        private int last;

        Pass(InputStream message) {
            this.message = message;
        }

        MessageLayout run() throws IOException {
            long magic = number(2);
            if (magic == TRACING_MAGIC) {
                add(ChunkKind.TRACING, 0, (int) number(2));
                magic = number(2);
            }
            if (magic != ObjectType.MESSAGE.magic()) {
                throw malformed("its first two octets are not 1847");
            }
            long start = at - 2;
            long length = number(4);
            long end = at + length;
            while (at < end) {
                chunk(end);
            }
            if (message.read() != -1) {
                throw malformed("it is longer than its header says");
            }
            return new MessageLayout(chunks.build(), start, end);
        }

        private void chunk(long end) throws IOException {
            long from = at;
            int kindNumber = (int) number(1);
            ChunkKind kind = ChunkKind.ofNumber(kindNumber).filter(known -> known != ChunkKind.TRACING)
                .orElseThrow(() -> malformed("no chunk has the number " + kindNumber));
            if (kindNumber < last || kindNumber == last && !kind.isRepeatable()) {
                throw malformed("chunk " + kindNumber + " stands twice or behind a higher number");
            }
            last = kindNumber;
            add(kind, from, (int) number(3));
            if (at > end) {
                throw malformed("a chunk is longer than the message");
            }
        }

        private void add(ChunkKind kind, long from, int payloadBytes) throws IOException {
            if (!kind.allows(payloadBytes)) {
                throw malformed("chunk " + kind.number() + " cannot have " + payloadBytes + " octets");
            }
            if (++number > MAX_CHUNKS) {
                throw new ProtocolException(Failure.TOO_BIG, "the message has more than " + MAX_CHUNKS + " chunks");
            }
            ChunkPlace place = new ChunkPlace(kind, counts.merge(kind, 1, Integer::sum), from, payloadBytes);
            chunks.add(place);
            message.skipNBytes(place.end() - at);
            at = place.end();
        }

        private long number(int bytes) throws IOException {
            byte[] octets = message.readNBytes(bytes);
            at += octets.length;
            if (octets.length < bytes) {
                throw new EOFException();
            }
            return new OctetReader(octets).longNumber(bytes);
        }
    }
}

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

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Inflates what a client that compresses sends, RFC 4978: a piece at a time and only when one is asked for, so that a few octets that
 * stand for gigabytes cost the heap one piece.
 *
 * <p>It takes the wire's octets in runs that end where the client flushes, and so never takes one that follows the client's last flush:
 * RFC 8437 section 4.1 has clear octets there.
 */
final class Inflation {
    private static final int PIECE_BYTES = 16 << 10;
    private static final int RUN_BYTES = 4096;
    /** RFC 1951 section 3.2.4: the empty stored block of a flush ends with its length, 0, and the complement of that. */
    private static final byte[] FLUSH = {0, 0, -1, -1};

    private final Inflater inflater = new Inflater(true);
    private final byte[] run = new byte[RUN_BYTES];
    private int flushed;

    /** The next piece; an empty one when the wire has too little for it. The octets that were needed are taken off the wire. */
    ByteBuf next(ByteBuf wire, ByteBufAllocator allocator) throws DataFormatException {
        ByteBuf piece = allocator.heapBuffer(PIECE_BYTES, PIECE_BYTES);
        try {
            int length = inflate(piece.array(), piece.arrayOffset(), PIECE_BYTES);
            while (length == 0 && wire.isReadable()) {
                feed(wire, RUN_BYTES);
                length = inflate(piece.array(), piece.arrayOffset(), PIECE_BYTES);
            }
            piece.writerIndex(length);
        } catch (DataFormatException e) {
            piece.release();
            throw e;
        }
        if (!piece.isReadable()) {
            piece.release();
            return Unpooled.EMPTY_BUFFER;
        }
        return piece;
    }

    /**
     * Reads over what is left of the client's last flush, behind the end of its last command.
     *
     * @return false while that has not arrived
     */
    boolean hasEnded(ByteBuf wire) throws DataFormatException {
        byte[] more = new byte[1];
        while (!atEnd() && wire.isReadable()) {
            feed(wire, 1);
            if (inflater.inflate(more) > 0) {
                throw new DataFormatException("octets behind the last command");
            }
        }
        return atEnd();
    }

    private boolean atEnd() throws DataFormatException {
        if (!inflater.finished()) {
            return flushed == FLUSH.length;
        }
        if (inflater.getRemaining() > 0) {
            throw new DataFormatException("octets behind the end of the stream");
        }
        return true;
    }

    void free() {
        inflater.end();
    }

    private int inflate(byte[] to, int offset, int length) throws DataFormatException {
        int inflated = inflater.inflate(to, offset, length);
        if (inflated == 0 && (inflater.finished() || inflater.needsDictionary())) {
            throw new DataFormatException("the stream has ended, or wants a dictionary");
        }
        return inflated;
    }

    private void feed(ByteBuf wire, int most) {
        int length = 0;
        flushed %= FLUSH.length;
        while (length < most && wire.isReadable() && flushed < FLUSH.length) {
            byte octet = wire.readByte();
            run[length++] = octet;
            flushed = matched(octet);
        }
        inflater.setInput(run, 0, length);
    }

    /** How much of {@link #FLUSH} the octets up to and with this one end with. */
    private int matched(byte octet) {
        if (octet == FLUSH[flushed]) {
            return flushed + 1;
        }
        if (octet != 0) {
            return 0;
        }
        return flushed == 2 ? 2 : 1;
    }
}

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
package io.jamesext.agap.gzip;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;

/**
 * Inflates a gzip stream a piece at a time, so that a few octets that stand for gigabytes cost one piece. RFC 1952 section 2.2: a member
 * may follow another one; section 2.3: each has a header, and a check behind it.
 */
final class GzipDecoder implements AutoCloseable {
    private static final int TRAILER_OCTETS = 8;
    /** RFC 1951 section 3.2.4: what the empty stored block of a flush ends with. */
    private static final int FLUSH = 0x0000FFFF;

    private enum Place { HEADER, BODY, TRAILER }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] run = new byte[512];
    private Place place = Place.HEADER;
    private GzipHeader header = new GzipHeader();
    private long trailer;
    private int trailerOctets;
    /** The last four octets that the inflater has taken. */
    private int last;

    /**
     * Inflates into {@code text} until that is full or the wire is empty.
     *
     * @throws DataFormatException when the stream is none, or its check fails; nothing can be read after that
     */
    void decode(ByteBuf wire, ByteBuf text) throws DataFormatException {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = switch (place) {
                case HEADER -> wire.isReadable() && readHeader(wire);
                case BODY -> text.isWritable() && inflate(wire, text);
                case TRAILER -> readTrailer(wire);
            };
        }
    }

    /**
     * True when all that was decoded ends where the client has flushed, or has ended a member: only there nothing of what it has said so
     * far can still be on its way.
     */
    boolean isFlushed() {
        return place == Place.HEADER ? trailerOctets == TRAILER_OCTETS : place == Place.BODY && last == FLUSH;
    }

    private boolean readHeader(ByteBuf wire) throws DataFormatException {
        trailerOctets = 0;
        if (header.read(wire)) {
            header = new GzipHeader();
            last = -1;
            place = Place.BODY;
            return true;
        }
        return false;
    }

    /** True when there may be more. */
    private boolean inflate(ByteBuf wire, ByteBuf text) throws DataFormatException {
        // Only a look: the octets that follow the member's end are not the inflater's.
        int given = Math.min(run.length, wire.readableBytes());
        wire.getBytes(wire.readerIndex(), run, 0, given);
        inflater.setInput(run, 0, given);
        int offset = text.arrayOffset() + text.writerIndex();
        int inflated = inflater.inflate(text.array(), offset, text.writableBytes());
        crc.update(text.array(), offset, inflated);
        text.writerIndex(text.writerIndex() + inflated);
        int taken = given - inflater.getRemaining();
        wire.skipBytes(taken);
        for (int i = Math.max(0, taken - Integer.BYTES); i < taken; i++) {
            last = last << Byte.SIZE | run[i] & 0xFF;
        }
        if (inflater.finished()) {
            place = Place.TRAILER;
            return true;
        }
        return taken > 0 || inflated > 0;
    }

    /** Section 2.3.1: CRC32 and ISIZE, the lowest octet first. */
    private boolean readTrailer(ByteBuf wire) throws DataFormatException {
        while (trailerOctets < TRAILER_OCTETS && wire.isReadable()) {
            trailer |= (long) wire.readUnsignedByte() << trailerOctets * Byte.SIZE;
            trailerOctets++;
        }
        if (trailerOctets < TRAILER_OCTETS) {
            return false;
        }
        if (trailer != (crc.getValue() | inflater.getBytesWritten() << Integer.SIZE)) {
            throw new DataFormatException("the check of a gzip member is wrong");
        }
        crc.reset();
        inflater.reset();
        trailer = 0;
        place = Place.HEADER;
        return true;
    }

    /** Frees what lies outside of the heap. */
    @Override
    public void close() {
        inflater.end();
    }
}

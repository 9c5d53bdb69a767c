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

import io.netty.buffer.ByteBuf;

/**
 * Reads over a member's header, octet by octet and without keeping any of it. RFC 1952 section 2.3: ten fixed octets, then by their flags
 * an extra field, a name, a comment, each of which counts for nothing here, and a check of all that.
 */
final class GzipHeader {
    private static final int FIXED_OCTETS = 10;
    private static final int MAGIC = 0x1F8B;
    private static final int DEFLATE = 8;
    private static final int CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;

    private enum Field { FIXED, EXTRA_LENGTH, EXTRA, NAME, COMMENT, CRC, DONE }

    private final CRC32 crc = new CRC32();
    private Field field = Field.FIXED;
    private int flags;
    /** Octets of the field that were read; of the extra field, those that are left. */
    private int count;
    /** The last two octets, the earlier one above. */
    private int last;

    /** True when all of it has been read; otherwise more octets are needed. Takes no octet behind the header. */
    boolean read(ByteBuf wire) throws DataFormatException {
        while (field != Field.DONE && wire.isReadable()) {
            int octet = wire.readUnsignedByte();
            last = (last << 8 | octet) & 0xFFFF;
            count++;
            take(octet);
        }
        return field == Field.DONE;
    }

    private void take(int octet) throws DataFormatException {
        switch (field) {
            case FIXED -> takeFixed(octet);
            case EXTRA_LENGTH -> {
                crc.update(octet);
                if (count == 2) {
                    int length = littleEndian();
                    if (length == 0) {
                        next(Field.EXTRA);
                    } else {
                        field = Field.EXTRA;
                        count = -length;
                    }
                }
            }
            case EXTRA -> {
                crc.update(octet);
                if (count == 0) {
                    next(Field.EXTRA);
                }
            }
            case NAME, COMMENT -> {
                crc.update(octet);
                if (octet == 0) {
                    next(field);
                }
            }
            case CRC -> {
                if (count == 2) {
                    expect(littleEndian() == (crc.getValue() & 0xFFFF));
                    next(Field.CRC);
                }
            }
            case DONE -> throw new IllegalStateException("the header has ended");
        }
    }

    private void takeFixed(int octet) throws DataFormatException {
        crc.update(octet);
        switch (count) {
            case 2 -> expect(last == MAGIC);
            case 3 -> expect(octet == DEFLATE);
            case 4 -> {
                // Section 2.3.1.2: a bit that is reserved may mean fields that nobody knows.
                expect((octet & RESERVED) == 0);
                flags = octet;
            }
            case FIXED_OCTETS -> next(Field.FIXED);
            default -> { }
        }
    }

    /** Goes on to the field that follows, of those that the flags name. */
    private void next(Field done) {
        count = 0;
        if (done.compareTo(Field.EXTRA_LENGTH) < 0 && (flags & EXTRA) != 0) {
            field = Field.EXTRA_LENGTH;
        } else if (done.compareTo(Field.NAME) < 0 && (flags & NAME) != 0) {
            field = Field.NAME;
        } else if (done.compareTo(Field.COMMENT) < 0 && (flags & COMMENT) != 0) {
            field = Field.COMMENT;
        } else if (done.compareTo(Field.CRC) < 0 && (flags & CRC) != 0) {
            field = Field.CRC;
        } else {
            field = Field.DONE;
        }
    }

    private int littleEndian() {
        return (last & 0xFF) << 8 | last >> 8;
    }

    private static void expect(boolean condition) throws DataFormatException {
        if (!condition) {
            throw new DataFormatException("not the header of a gzip member");
        }
    }
}

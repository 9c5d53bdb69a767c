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
import java.util.zip.Deflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Deflates into one member of a gzip stream (RFC 1952), in parts that can each be read as they come. */
final class GzipEncoder implements AutoCloseable {
    /** RFC 1952 section 2.3.1: no flags, no time, no level, an unknown system. */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    /** What is above takes more time than it saves. */
    private static final int LEVEL = 5;
    private static final int ROOM_OCTETS = 1024;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 crc = new CRC32();
    private boolean begun;

    /** Takes all of the text and gives octets from which all of it can be read. */
    ByteBuf encode(ByteBuf text, ByteBufAllocator allocator) {
        crc.update(text.nioBuffer());
        deflater.setInput(text.nioBuffer());
        return deflate(allocator, Deflater.SYNC_FLUSH);
    }

    /** The end of the member, after which nothing can be encoded. */
    ByteBuf end(ByteBufAllocator allocator) {
        deflater.finish();
        ByteBuf out = deflate(allocator, Deflater.NO_FLUSH);
        return out.writeIntLE((int) crc.getValue()).writeIntLE((int) deflater.getBytesRead());
    }

    private ByteBuf deflate(ByteBufAllocator allocator, int flush) {
        ByteBuf out = allocator.heapBuffer(ROOM_OCTETS);
        if (!begun) {
            begun = true;
            out.writeBytes(HEADER);
        }
        do {
            out.ensureWritable(ROOM_OCTETS);
            int length = deflater.deflate(out.array(), out.arrayOffset() + out.writerIndex(), out.writableBytes(), flush);
            out.writerIndex(out.writerIndex() + length);
        } while (!out.isWritable());
        return out;
    }

    /** Frees what lies outside of the heap. */
    @Override
    public void close() {
        deflater.end();
    }
}

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

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/** What has arrived on a connection and is not cut yet; while the client compresses, as it came but for the piece that is cut now. */
final class Octets {
    private ByteBuf wire = Unpooled.EMPTY_BUFFER;
    private ByteBuf inflated = Unpooled.EMPTY_BUFFER;
    private @Nullable Inflation inflation;
    private boolean ending;

    /** Takes over what has arrived. */
    void add(ByteBufAllocator allocator, ByteBuf arrived) {
        if (wire.isReadable()) {
            wire = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, wire, arrived);
        } else {
            wire.release();
            wire = arrived;
        }
    }

    /** The octets to cut from; nothing is readable before more arrives. The caller takes them by reading. */
    ByteBuf next(ByteBufAllocator allocator) throws DataFormatException {
        Inflation running = inflation;
        if (running == null) {
            return wire;
        }
        if (ending) {
            if (!running.hasEnded(wire)) {
                return Unpooled.EMPTY_BUFFER;
            }
            free();
            return wire;
        }
        if (!inflated.isReadable()) {
            inflated.release();
            inflated = Unpooled.EMPTY_BUFFER;
            inflated = running.next(wire, allocator);
        }
        return inflated;
    }

    /** Octets that are held. */
    int size() {
        return wire.readableBytes() + inflated.readableBytes();
    }

    boolean isCompressed() {
        return inflation != null;
    }

    /** What arrives from here on is compressed. */
    void startInflating() {
        inflation = new Inflation();
        ending = false;
    }

    /**
     * What the client sends is compressed no more, behind the flush of its last command.
     *
     * @return false when there were compressed octets behind that command, which must be none
     */
    boolean stopInflating() {
        ending = inflation != null;
        // Without an inflation this is empty: clear octets behind the command are the next commands.
        return !inflated.isReadable();
    }

    void release() {
        free();
        wire.release();
        wire = Unpooled.EMPTY_BUFFER;
    }

    private void free() {
        Inflation running = inflation;
        if (running != null) {
            running.free();
            inflation = null;
        }
        ending = false;
        inflated.release();
        inflated = Unpooled.EMPTY_BUFFER;
    }
}

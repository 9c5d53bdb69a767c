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
package io.jamesext.ximss.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What waits for the client's next GET, and the last answer until the client has acknowledged it. Each answer that holds something has
 * a number of its own, one higher than that before: the clients count too. On the session's event loop.
 */
final class LongPoll {
    /** So much may wait before the running request does. */
    private static final int MAX_WAITING = 1 << 20;

    private ByteBuf waiting = Unpooled.buffer();
    private long number;
    private @Nullable ByteBuf unacknowledged;
    private @Nullable Outlet outlet;

    /** Adds the answer to an async request. */
    void add(ByteBuf octets) {
        waiting.writeBytes(octets);
        octets.release();
    }

    boolean isReady() {
        return waiting.readableBytes() < MAX_WAITING;
    }

    /** A GET waits, in the place of one that did so far. */
    void await(Outlet next, Optional<Long> acknowledged) {
        giveUp();
        outlet = next;
        if (acknowledged.isPresent() && acknowledged.get() >= number) {
            unacknowledged = null;
        }
    }

    boolean isWaiting() {
        return outlet != null;
    }

    /**
     * Answers the GET that waits, if there is anything to say.
     *
     * @param news more of it, asked for only when it can be sent
     */
    boolean tell(Supplier<ByteBuf> news) {
        Outlet next = outlet;
        if (next == null) {
            return false;
        }
        ByteBuf answer = unacknowledged;
        if (answer == null) {
            ByteBuf more = news.get();
            waiting.writeBytes(more);
            more.release();
            if (!waiting.isReadable()) {
                return false;
            }
            number++;
            answer = waiting;
            waiting = Unpooled.buffer();
            unacknowledged = answer;
        }
        outlet = null;
        next.write(Unpooled.copiedBuffer("<XIMSS respSeq=\"" + number + "\">", StandardCharsets.US_ASCII));
        next.write(answer.duplicate().retain());
        next.write(Unpooled.copiedBuffer(Batch.END, StandardCharsets.US_ASCII));
        next.end();
        return true;
    }

    /** The session ends, and so does the GET that waits. */
    void end() {
        Outlet given = outlet;
        if (given != null) {
            outlet = null;
            given.gone();
        }
    }

    /** Nothing came for this GET; false when it has been answered. */
    boolean giveUp(Outlet given) {
        return given.equals(outlet) && giveUp();
    }

    /** Nothing comes for the GET that waits, if any. */
    boolean giveUp() {
        Outlet given = outlet;
        if (given == null) {
            return false;
        }
        outlet = null;
        given.write(Unpooled.copiedBuffer(Batch.BEGIN + Batch.END, StandardCharsets.US_ASCII));
        given.end();
        return true;
    }
}

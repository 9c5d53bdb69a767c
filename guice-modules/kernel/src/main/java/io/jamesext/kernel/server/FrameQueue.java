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
package io.jamesext.kernel.server;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.MonoSink;

/**
 * The frames that arrived and were not taken yet, and the running operation that may wait for one. Used on the event loop only.
 * Reading stops while a frame waits, so this holds no more than one read gave, however large the frames of a pipelining client are.
 */
final class FrameQueue<F> {
    private final ArrayDeque<Object> frames = new ArrayDeque<>();
    private @Nullable MonoSink<F> waiting;

    void add(Object frame) {
        frames.add(frame);
    }

    Object remove() {
        return frames.remove();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** An operation asks for the next frame. */
    void await(MonoSink<F> sink) {
        waiting = sink;
    }

    /**
     * Gives the next frame to the operation that waits for one, if both are there.
     *
     * @return true when that frame means that the connection must close once the operation is answered
     */
    @SuppressWarnings("unchecked") // The decoder fires F or Malformed, by Protocol.decoder's contract.
    boolean serve() {
        if (waiting == null || frames.isEmpty()) {
            return false;
        }
        MonoSink<F> sink = waiting;
        waiting = null;
        Object frame = frames.remove();
        if (frame instanceof Malformed malformed) {
            sink.error(malformed.failure());
            return malformed.closes();
        }
        sink.success((F) frame);
        return false;
    }

    /** No frame will come any more. */
    void fail() {
        if (waiting != null) {
            MonoSink<F> sink = waiting;
            waiting = null;
            sink.error(new ProtocolException(Failure.BUSY, "the connection ends"));
        }
    }

    /** No frame will be taken any more. */
    void end() {
        frames.forEach(ReferenceCountUtil::release);
        frames.clear();
        fail();
    }
}

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


package io.jamesext.lemonade.imap.idle;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Tells the one who waits that something has happened since it last looked, however much, and that nothing more will. */
final class Bell {
    /** What there is to do. */
    enum Ring {
        LOOK, STOP
    }

    private @Nullable MonoSink<Ring> waiting;
    private boolean rung;
    private boolean stopped;

    /** Something has happened. */
    void ring() {
        answer(false);
    }

    /** Nothing more is wanted; what has happened before is lost to the one who waits. */
    void stop() {
        answer(true);
    }

    private void answer(boolean stop) {
        MonoSink<Ring> sink;
        synchronized (this) {
            rung = true;
            stopped |= stop;
            sink = waiting;
            if (sink == null) {
                return;
            }
            waiting = null;
            rung = false;
        }
        // Outside the lock: the one who waits goes on from here.
        sink.success(stop ? Ring.STOP : Ring.LOOK);
    }

    /** What there is to do next; one waits at a time. */
    Mono<Ring> next() {
        return Mono.create(sink -> {
            Ring ring;
            synchronized (this) {
                if (!rung && !stopped) {
                    waiting = sink;
                    sink.onDispose(() -> forget(sink));
                    return;
                }
                rung = false;
                ring = stopped ? Ring.STOP : Ring.LOOK;
            }
            sink.success(ring);
        });
    }

    private synchronized void forget(MonoSink<Ring> sink) {
        if (waiting == sink) {
            waiting = null;
        }
    }
}

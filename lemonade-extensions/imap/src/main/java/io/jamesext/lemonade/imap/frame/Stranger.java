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

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.netty.util.concurrent.EventExecutor;

/** What a client may take of us before it has logged in: octets, commands, time. Belongs to the event loop. */
final class Stranger {
    private long octets;
    private int commands;
    private @Nullable Future<?> patience;

    /** Calls when the time to log in is over. */
    void mustLogInSoon(EventExecutor loop, Runnable over) {
        patience = loop.schedule(over, FrameLimits.TIME_TO_LOG_IN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts octets that were read of it; answers whether these are too many. */
    boolean saysTooMuch(int read) {
        octets += read;
        return octets > FrameLimits.UNAUTHENTICATED_BYTES;
    }

    /** Counts a command; answers whether it is one too many. */
    boolean asksTooMuch() {
        commands++;
        return commands > FrameLimits.UNAUTHENTICATED_COMMANDS;
    }

    /** It was logged in and is no more: it has the same allowance again, but may take its time. RFC 8437. */
    void again() {
        octets = 0;
        commands = 0;
    }

    void leaves() {
        Future<?> timer = patience;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}

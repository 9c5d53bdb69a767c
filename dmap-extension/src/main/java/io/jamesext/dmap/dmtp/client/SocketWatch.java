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
package io.jamesext.dmap.dmtp.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Closes a socket when its time is over. Java's own time-outs begin anew with each octet that is read, and there are none for writing. */
final class SocketWatch implements Closeable {
    private final Socket socket;
    private Disposable alarm = Disposables.disposed();

    SocketWatch(Socket socket) {
        this.socket = socket;
    }

    /** From now on it has so long, in the place of what it had. */
    void endIn(Duration time) {
        alarm.dispose();
        alarm = Schedulers.parallel().schedule(this::cut, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    @Override
    public void close() {
        cut();
        alarm.dispose();
    }
}

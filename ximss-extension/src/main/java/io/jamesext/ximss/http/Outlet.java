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

import io.netty.buffer.ByteBuf;

/** Where an answer's octets go. Safe from any thread. */
interface Outlet {
    /** Sends octets, which it takes over. */
    void write(ByteBuf octets);

    /** False when the client should catch up first; {@link #onReady} is told. */
    boolean isReady();

    /** What is told each time that the client has caught up. */
    void onReady(Runnable ready);

    /** That was all. */
    void end();

    /** The session has ended, and nothing has been sent. */
    void gone();

    /** Nobody waits for the rest any more. */
    void drop();
}

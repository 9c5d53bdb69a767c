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

/** What becomes of a request's body. On the connection's event loop. */
interface Body {
    /** Of a request that was refused by its head. */
    Body REFUSED = none(() -> { });

    /** A body that nobody looks at. */
    static Body none(Runnable whole) {
        return new Body() {
            @Override
            public void add(ByteBuf octets, Runnable more) {
                more.run();
            }

            @Override
            public void end() {
                whole.run();
            }
        };
    }

    /**
     * Takes the next octets, which stay the caller's.
     *
     * @param more run on any thread when more can come
     */
    void add(ByteBuf octets, Runnable more);

    /** The request is whole. */
    void end();

    /** The rest of the request will not come. */
    default void abandon() {
    }
}

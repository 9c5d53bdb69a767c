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


package io.jamesext.lemonade.smtp.wire;

import io.netty.buffer.ByteBuf;

/** Who takes a chunk. Called on the event loop; throws nothing. */
public interface ChunkReceiver {
    /** Takes the next octets of the chunk, at least one; they are gone when this returns. */
    void receive(ByteBuf octets);

    /** Called once, behind the last octet. */
    void complete();
}

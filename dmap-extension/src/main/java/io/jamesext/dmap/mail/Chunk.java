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
package io.jamesext.dmap.mail;

import io.jamesext.dmap.dime.message.ChunkKind;

/**
 * What BODYSTRUCTURE says of a chunk. Draft section 8.4.1.
 *
 * @param type its kind
 * @param number which of its kind, from 1
 * @param size octets; of a chunk of a DIME message, those of its head and of its key slots too
 */
public record Chunk(ChunkKind type, long number, long size) {
    /** Its name. */
    public ChunkId id() {
        return new ChunkId(type.number(), number);
    }
}

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
package io.jamesext.dmap.dime.message;

/**
 * Where a chunk stands in a message: four octets of head (the kind and the length of the payload), the payload, the key slots.
 *
 * @param kind what it is
 * @param number which of its kind, from 1
 * @param start octets of the message before it
 * @param payloadBytes octets of the payload, as its head says
 */
public record ChunkPlace(ChunkKind kind, int number, long start, int payloadBytes) {
    /** The kind and the length; of the tracing, its number and its length. */
    public static final int HEAD_BYTES = 4;
    /** Of one key slot. */
    public static final int SLOT_BYTES = 64;

    /** Octets of the message before the payload. */
    public long payloadStart() {
        return start + HEAD_BYTES;
    }

    /** Octets of the message before the key slots. */
    public long slotsStart() {
        return payloadStart() + payloadBytes;
    }

    /** Octets of the message up to the end of the chunk. */
    public long end() {
        return slotsStart() + (long) SLOT_BYTES * kind.slots().size();
    }

    /** Octets of the whole chunk, head and key slots included. */
    public long bytes() {
        return end() - start;
    }

    @Override
    public String toString() {
        return kind.number() + "." + number;
    }
}

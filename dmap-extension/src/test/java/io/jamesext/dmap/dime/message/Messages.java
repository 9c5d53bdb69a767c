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

import java.util.function.Predicate;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetWriter;

/** Messages that nobody would write. */
final class Messages {
    private Messages() {
    }

    /** The message with some of its chunks. */
    static Message keep(Message message, Predicate<ChunkPlace> kept) {
        OctetWriter chunks = new OctetWriter();
        message.layout().chunks().stream().filter(kept).forEach(place -> chunks.octets(message.chunk(place)));
        return Message.read(of(chunks));
    }

    /** A message of these octets behind its head. */
    static byte[] of(OctetWriter chunks) {
        return DimeObject.write(ObjectType.MESSAGE, chunks.toBytes());
    }

    /** Adds a chunk of zeros. */
    static OctetWriter chunk(OctetWriter writer, int kind, int payloadBytes, int slots) {
        return writer.number(kind, 1).number(payloadBytes, 3).octets(new byte[payloadBytes + 64 * slots]);
    }
}

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
package io.jamesext.dmap.reply;

import java.util.List;

import io.jamesext.dmap.wire.DmapWriter;

/** A piece of a FETCH response that is too large to be held. Draft section 8.4.1. */
public sealed interface FetchPiece extends DmapReply {
    /** Its beginning, with the small values. */
    record Opening(MessageName message, List<FetchValue> values) implements FetchPiece {
        @Override
        public void writeTo(DmapWriter writer) {
            message.writeTo(writer);
            values.forEach(value -> value.writeTo(writer));
        }
    }

    /**
     * Announces a content's octets.
     *
     * @param name {@code BODY[67.1]<0>}
     * @param size how many octets follow
     * @param isFirst true when no value stands before it
     */
    record Announcement(String name, long size, boolean isFirst) implements FetchPiece {
        @Override
        public void writeTo(DmapWriter writer) {
            if (!isFirst) {
                writer.continued();
            }
            writer.word(name).literal(size);
        }
    }

    /**
     * Stands for a chunk that the message does not have.
     *
     * @param name {@code BODY[67.9]}
     * @param isFirst true when no value stands before it
     */
    record Absent(String name, boolean isFirst) implements FetchPiece {
        @Override
        public void writeTo(DmapWriter writer) {
            if (!isFirst) {
                writer.continued();
            }
            writer.word(name).word("NIL");
        }
    }

    /** Some of them. */
    record Octets(byte[] octets) implements FetchPiece {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.octets(octets);
        }
    }

    /** Its end. */
    record Closing() implements FetchPiece {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.close(')').end();
        }
    }
}

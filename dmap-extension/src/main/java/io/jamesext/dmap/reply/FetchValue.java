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

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.jamesext.dmap.mail.Chunk;
import io.jamesext.dmap.wire.DmapWriter;

/** A data item of the FETCH response that is small enough to be held. Draft section 8.4.1. */
public sealed interface FetchValue {
    /** Writes its name and value. */
    void writeTo(DmapWriter writer);

    /** {@code FLAGS (...)}. */
    record Flags(List<String> flags) implements FetchValue {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.word("FLAGS").open('(');
            flags.forEach(writer::word);
            writer.close(')');
        }
    }

    /** {@code UID}, {@code SIZE} and {@code MODSEQ}. */
    record Numeric(String name, long value) implements FetchValue {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.word(name).number(value);
        }
    }

    /** {@code EMAILID (...)} and {@code THREADID (...)}. RFC 8474 section 5. */
    record ObjectId(String name, String id) implements FetchValue {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.word(name).open('(').word(id).close(')');
        }
    }

    /** {@code INTERNALDATE}, in RFC 9051's form and always in UTC. */
    record InternalDate(Instant date) implements FetchValue {
        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

        @Override
        public void writeTo(DmapWriter writer) {
            writer.word("INTERNALDATE").quoted(FORMAT.format(date));
        }
    }

    /** {@code META}: a client's block, or NIL where there is none. */
    record Meta(Optional<byte[]> block) implements FetchValue {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.word("META");
            block.ifPresentOrElse(octets -> writer.literal(octets.length).octets(octets), () -> writer.word("NIL"));
        }
    }

    /** {@code BODYSTRUCTURE ((type size)...)}. */
    record Structure(List<Chunk> chunks) implements FetchValue {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.word("BODYSTRUCTURE").open('(');
            chunks.forEach(chunk -> writer.open('(').number(chunk.type().number()).number(chunk.size()).close(')'));
            writer.close(')');
        }
    }

    /** {@code BODYSTRUCTURE} in octets: for each chunk its type, one octet, and its size, three. Draft section 8.4.1, CREF32. */
    record BinaryStructure(List<Chunk> chunks) implements FetchValue {
        /** Stands for itself and for all larger ones. */
        private static final long LARGEST = 0xFFFFFF;

        @Override
        public void writeTo(DmapWriter writer) {
            ByteBuffer octets = ByteBuffer.allocate(Integer.BYTES * chunks.size());
            chunks.forEach(chunk -> octets.putInt(chunk.type().number() << 24 | (int) Math.min(chunk.size(), LARGEST)));
            writer.word("BODYSTRUCTURE").literal(octets.capacity()).octets(octets.array());
        }
    }
}

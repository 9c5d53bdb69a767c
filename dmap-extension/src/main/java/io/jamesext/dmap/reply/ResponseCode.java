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

/** The part of a status response that software reads. Draft section 8.1. */
public sealed interface ResponseCode {
    /** Writes it, with its brackets. */
    void writeTo(DmapWriter writer);

    /** One without arguments: {@code [READ-ONLY]}. */
    record Plain(String name) implements ResponseCode {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.open('[').word(name).close(']');
        }
    }

    /** One with a number: {@code [UIDNEXT 7]}. */
    record Numbered(String name, long number) implements ResponseCode {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.open('[').word(name).number(number).close(']');
        }
    }

    /** One with arguments as they stand on the wire: {@code [APPENDUID 38505 3955]}. */
    record With(String name, String arguments) implements ResponseCode {
        /** One with an identifier of an object. RFC 8474 section 7. */
        public static With objectId(String name, String id) {
            return new With(name, "(" + id + ")");
        }

        @Override
        public void writeTo(DmapWriter writer) {
            writer.open('[').word(name).word(arguments).close(']');
        }
    }

    /** {@code [CAPABILITY ...]}. */
    record Capabilities(List<String> capabilities) implements ResponseCode {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.open('[').word("CAPABILITY");
            capabilities.forEach(writer::word);
            writer.close(']');
        }
    }

    /** {@code [PERMANENTFLAGS (...)]}. */
    record PermanentFlags(List<String> flags) implements ResponseCode {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.open('[').word("PERMANENTFLAGS").open('(');
            flags.forEach(writer::word);
            writer.close(')').close(']');
        }
    }

    /** {@code [MODIFIED set]}: what STORE left alone. RFC 7162 section 3.1.3. */
    record Modified(NumberSet numbers) implements ResponseCode {
        @Override
        public void writeTo(DmapWriter writer) {
            writer.open('[').word("MODIFIED").word(numbers.toString()).close(']');
        }
    }
}

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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A piece of a message as its author and its recipient see it: what is in one chunk, or in several that continue each other.
 *
 * @param kind COMMON_HEADERS, OTHER_HEADERS, DISPLAY_CONTENT or ATTACHMENT
 * @param data its octets
 */
public record Content(ChunkKind kind, byte[] data) {
    /** Checks the kind. */
    public Content {
        if (kind != ChunkKind.COMMON_HEADERS && kind != ChunkKind.OTHER_HEADERS && !kind.isRepeatable()) {
            throw new ProtocolException(Failure.SYNTAX, "chunk " + kind.number() + " is no content");
        }
    }

    /**
     * Puts chunks together that continue each other. SYNTAX if one is continued and the next is of another kind or not there. What
     * of it is compressed stays so.
     */
    public static ImmutableList<Content> join(List<PlainChunk> chunks) {
        List<Content> contents = new ArrayList<>();
        OctetWriter data = new OctetWriter();
        Optional<ChunkKind> open = Optional.empty();
        for (PlainChunk chunk : chunks) {
            if (open.isPresent() && open.get() != chunk.kind()) {
                break;
            }
            data.octets(chunk.data());
            open = chunk.isContinued() ? Optional.of(chunk.kind()) : Optional.empty();
            if (open.isEmpty()) {
                contents.add(new Content(chunk.kind(), data.toBytes()));
                data = new OctetWriter();
            }
        }
        if (open.isPresent()) {
            throw new ProtocolException(Failure.SYNTAX, "chunk " + open.get().number() + " is continued, but no other follows");
        }
        return ImmutableList.copyOf(contents);
    }

    @Override
    public String toString() {
        return "content " + kind.number() + " of " + data.length + " octets";
    }
}

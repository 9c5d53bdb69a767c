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

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteStreams;

import io.jamesext.dmap.dime.message.ChunkKind;

/**
 * A plain RFC 5322 message shown as chunks, which is what TRUSTFUL mode does with mail that came in from outside. The header makes
 * two chunks, every leaf of the MIME tree one more, in the message's order. A leaf's chunk is its Content fields, an empty line,
 * and its content without any transfer encoding. Nothing is held in memory but header fields; what the octets are depends on the
 * message alone, so two passes give the same.
 */
public final class PlainMail implements ChunkedMail {
    /** Opens the message's octets anew; or its header's, for {@link ChunkId#isHeader} alone. */
    private final Callable<InputStream> source;
    /** How many chunks of each type there are, as soon as a search has gone to the end: each search for one that is not there would. */
    private @Nullable Map<Integer, Long> counts;

    /** From a source that can be opened several times. */
    public PlainMail(Callable<InputStream> source) {
        this.source = source;
    }

    @Override
    public ImmutableList<Chunk> chunks() throws Exception {
        ImmutableList.Builder<Chunk> chunks = ImmutableList.builder();
        try (ChunkCursor cursor = new ChunkCursor(source.call())) {
            while (cursor.next()) {
                chunks.add(cursor.chunk(size(cursor.content())));
            }
        }
        return chunks.build();
    }

    /** Reads no further than its end. */
    @Override
    public Optional<Chunk> find(ChunkId id) throws Exception {
        if (counts != null && counts.getOrDefault(id.type(), 0L) < id.number()) {
            return Optional.empty();
        }
        Map<Integer, Long> seen = new HashMap<>();
        try (ChunkCursor cursor = new ChunkCursor(source.call())) {
            while (cursor.next()) {
                if (cursor.id().equals(id)) {
                    return Optional.of(cursor.chunk(size(cursor.content())));
                }
                seen.put(cursor.id().type(), cursor.id().number());
            }
        }
        counts = seen;
        return Optional.empty();
    }

    @Override
    public InputStream open(ChunkId id) throws Exception {
        ChunkCursor cursor = new ChunkCursor(source.call());
        while (cursor.next()) {
            if (cursor.id().equals(id)) {
                return cursor.content();
            }
        }
        cursor.close();
        throw new IOException("the chunk was there a moment ago");
    }

    /** Sees chunks with their octets. */
    @FunctionalInterface
    public interface Visitor {
        /** One chunk; its octets can be read until this returns. */
        void visit(ChunkKind type, InputStream octets) throws Exception;
    }

    /**
     * Shows all chunks in one pass.
     *
     * @return whether they are all that there is: false for a message that breaks MIME's rules, for one without any body, and for one
     *         whose parts mean something together that they do not mean alone (signed and encrypted multiparts, RFC 1847)
     */
    public boolean visit(Visitor visitor) throws Exception {
        try (ChunkCursor cursor = new ChunkCursor(source.call())) {
            while (cursor.next()) {
                visitor.visit(cursor.type(), cursor.content());
                // What the visitor has left is read, so that the message is known to its end.
                size(cursor.content());
            }
            return cursor.isWhole();
        }
    }

    private static long size(InputStream content) throws IOException {
        return ByteStreams.exhaust(content);
    }
}

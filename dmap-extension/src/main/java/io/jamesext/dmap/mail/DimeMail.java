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
import java.util.Optional;

import org.apache.james.mailbox.model.Content;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteStreams;

import io.jamesext.dmap.dime.message.ChunkPlace;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A DIME message that is stored, without the header around it. A chunk is shown whole, with its head and its key slots: the slots
 * are needed to decrypt it, and the author's tree signature is over all of it. PROTOCOL.md section 8.2.
 */
public final class DimeMail implements ChunkedMail {
    private final Content octets;
    private final MessageLayout layout;

    private DimeMail(Content octets, MessageLayout layout) {
        this.octets = octets;
        this.layout = layout;
    }

    /** Reads where the chunks are, in one pass. Errors as {@link MessageLayout#read}. */
    public static DimeMail read(Content octets) throws IOException {
        try (InputStream in = octets.getInputStream()) {
            return new DimeMail(octets, MessageLayout.read(in));
        }
    }

    /** The message, or empty if these octets are none. */
    static Optional<DimeMail> find(Content octets) throws IOException {
        try {
            return Optional.of(read(octets));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** Where its chunks are. */
    public MessageLayout layout() {
        return layout;
    }

    @Override
    public ImmutableList<Chunk> chunks() {
        return layout.chunks().stream().map(DimeMail::chunk).collect(ImmutableList.toImmutableList());
    }

    @Override
    public Optional<Chunk> find(ChunkId id) {
        return place(id).map(DimeMail::chunk);
    }

    @Override
    public InputStream open(ChunkId id) throws IOException {
        return open(place(id).orElseThrow(() -> new IOException("there is no such chunk")));
    }

    /** The octets of a whole chunk; closing them closes the message. */
    public InputStream open(ChunkPlace place) throws IOException {
        InputStream in = octets.getInputStream();
        ByteStreams.skipFully(in, place.start());
        return ByteStreams.limit(in, place.bytes());
    }

    private Optional<ChunkPlace> place(ChunkId id) {
        return layout.find(id.type(), id.number());
    }

    private static Chunk chunk(ChunkPlace place) {
        return new Chunk(place.kind(), place.number(), place.bytes());
    }
}

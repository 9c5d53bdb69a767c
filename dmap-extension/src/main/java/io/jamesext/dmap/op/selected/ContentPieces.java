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
package io.jamesext.dmap.op.selected;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

import com.google.common.io.ByteStreams;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.FetchPiece;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** The octets of a BODY item, or the part of them that was asked for, in pieces that are read only as the client reads. */
final class ContentPieces {
    /** The largest piece. */
    private static final int PIECE = 32 * 1024;

    private final String label;
    private final long origin;
    private final long size;
    private final Callable<InputStream> source;

    ContentPieces(FetchItem.Body body, long wholeSize, Callable<InputStream> source) {
        this.label = body.label();
        // Draft section 7.6.4: a start beyond the end gives the empty string, an end beyond the end is truncated.
        this.origin = body.partial().map(partial -> Math.min(partial.origin(), wholeSize)).orElse(0L);
        this.size = body.partial().map(partial -> Math.min(partial.size(), wholeSize - origin)).orElse(wholeSize);
        this.source = source;
    }

    Flux<DmapReply> pieces(boolean isFirst) {
        return Flux.concat(Flux.just(new FetchPiece.Announcement(label, size, isFirst)),
            Flux.<DmapReply, Open>generate(this::open, Open::next, Open::close));
    }

    private Open open() throws Exception {
        InputStream octets = source.call();
        ByteStreams.skipFully(octets, origin);
        return new Open(octets, size);
    }

    /** The stream and how much of it is still owed. */
    private record Open(InputStream octets, long owed) {
        Open next(SynchronousSink<DmapReply> sink) {
            if (owed == 0) {
                sink.complete();
                return this;
            }
            try {
                byte[] piece = octets.readNBytes((int) Math.min(PIECE, owed));
                if (piece.length == 0) {
                    sink.error(new IOException("the content is shorter than it was"));
                } else {
                    sink.next(new FetchPiece.Octets(piece));
                }
                return new Open(octets, owed - piece.length);
            } catch (IOException e) {
                sink.error(e);
                return this;
            }
        }

        void close() {
            try {
                octets.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

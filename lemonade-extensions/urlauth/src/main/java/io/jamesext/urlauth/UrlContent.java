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

package io.jamesext.urlauth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.google.common.io.ByteStreams;

/** Octets of a message, as a URL or a FETCH names them: how many, and a stream of them that may be opened more than once. */
public final class UrlContent {
    /** Opens the octets anew. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    private final long sizeBytes;
    private final Source source;

    UrlContent(long sizeBytes, Source source) {
        this.sizeBytes = sizeBytes;
        this.source = source;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** Opens the octets; the stream has exactly {@link #sizeBytes()} of them as long as the message is there. The caller closes it. */
    public InputStream open() throws IOException {
        return source.open();
    }

    /** The same with other octets in the place of the first ones. */
    public UrlContent replacing(long first, byte[] octets) {
        UrlContent rest = slice(first, sizeBytes);
        return new UrlContent(octets.length + rest.sizeBytes, () -> new SequenceInputStream(new ByteArrayInputStream(octets), rest.open()));
    }

    /** RFC 3501 section 6.4.5 for BODY[]&lt;&gt;: a range behind the end is the empty string, one across the end is cut there. */
    public UrlContent slice(long offset, long length) {
        long start = Math.min(offset, sizeBytes);
        long sliced = Math.min(length, sizeBytes - start);
        return new UrlContent(sliced, () -> {
            InputStream stream = source.open();
            boolean skipped = false;
            try {
                ByteStreams.skipFully(stream, start);
                skipped = true;
            } finally {
                if (!skipped) {
                    stream.close();
                }
            }
            return ByteStreams.limit(stream, sliced);
        });
    }

    /** The octets of a range, or all of them without one. */
    public UrlContent slice(Optional<PartialRange> range) {
        return range.map(octets -> slice(octets.offset(), octets.length().orElse(Long.MAX_VALUE))).orElse(this);
    }

    /** As many octets, read through a filter that changes some of them. */
    public UrlContent through(UnaryOperator<InputStream> filter) {
        return new UrlContent(sizeBytes, () -> filter.apply(source.open()));
    }

    /** All octets at once: for what is known to be small, such as a header. */
    public byte[] octets() throws IOException {
        try (InputStream stream = open()) {
            return stream.readAllBytes();
        }
    }
}

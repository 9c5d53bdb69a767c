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
package io.jamesext.agap.item;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.kernel.server.Connection;
import reactor.core.publisher.Mono;

/**
 * Asks clients for items: 110, the lines of one, an empty line. AGAP section 4.39.
 *
 * @param maxOctets the largest item; key {@code maxItemBytes}
 */
public record ItemBody(int maxOctets) {
    /** The name of {@link #maxOctets} in the configuration. */
    public static final String MAX_ITEM_BYTES = "maxItemBytes";
    /** When the configuration says nothing: a file of 12 MB in base64. */
    public static final int DEFAULT_MAX_OCTETS = 16 * 1024 * 1024;
    /** The largest message that anybody would write by hand. */
    public static final int LEAST_MAX_OCTETS = 4 * 1024;
    /** An item is on the heap several times while it is stored. */
    public static final int MOST_MAX_OCTETS = 32 * 1024 * 1024;
    /** In octets; the rest of a longer body is in a temporary file until it is whole, however slowly it comes. */
    private static final int ON_HEAP = 256 * 1024;

    /**
     * The item that the client sends, empty where it sends none. The whole body is taken off the wire before anything of it is refused.
     *
     * @param goAhead with the code 110
     * @return its lines with LF between; fails with {@link Failure#OVER_QUOTA} when it is too large
     */
    public Mono<String> ask(Connection<Line, AgapReply> connection, Status goAhead) {
        return Mono.using(() -> new Received(maxOctets),
            received -> connection.ask(goAhead)
                .expand(line -> line.isEmpty() ? Mono.empty() : connection.nextFrame())
                .doOnNext(received::add)
                .then(Mono.fromCallable(received::text)),
            Received::close);
    }

    /** What has come so far. */
    private static final class Received {
        private final int maxOctets;
        private final Spool spool = new Spool(ON_HEAP);
        private long length;

        Received(int maxOctets) {
            this.maxOctets = maxOctets;
        }

        void add(Line line) {
            if (line.isEmpty()) {
                return;
            }
            byte[] text = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
            length += text.length;
            try {
                if (length > maxOctets) {
                    spool.close();
                } else {
                    spool.out().write(text);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text() throws IOException {
            if (length > maxOctets) {
                throw new ProtocolException(Failure.OVER_QUOTA, "Cannot store it, it is larger than " + maxOctets + " octets");
            }
            return spool.asByteSource().asCharSource(StandardCharsets.UTF_8).read();
        }

        void close() {
            try {
                spool.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

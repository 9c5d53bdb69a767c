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
package io.jamesext.agap.gzip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineDecoder;
import io.jamesext.kernel.server.Malformed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Gzip by Java, and what our layer makes of it. */
final class Streams {
    private Streams() {
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[]... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(member);
            }
        }
        return out.toByteArray();
    }

    static byte[] gunzip(byte[] stream) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stream))) {
            return gzip.readAllBytes();
        }
    }

    /** The lines that arrive when the octets come in pieces of this size. */
    static List<String> lines(byte[] octets, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new Gzip(), new LineDecoder());
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < octets.length; from += piece) {
            channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(octets, from, Math.min(octets.length, from + piece))));
            lines.addAll(read(channel));
        }
        channel.finishAndReleaseAll();
        return lines;
    }

    static List<String> read(EmbeddedChannel channel) {
        List<String> lines = new ArrayList<>();
        for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            lines.add(frame instanceof Line line ? line.text() : "refused: " + ((Malformed) frame).failure().text());
        }
        return lines;
    }
}

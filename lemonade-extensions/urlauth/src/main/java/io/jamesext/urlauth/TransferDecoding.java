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

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Takes the Content-Transfer-Encoding of a part away. RFC 2045 section 6; RFC 3516 section 6 for the line ends of text.
 *
 * <p>An encoding that is not known is nobody's to guess, but broken octets in a known one are passed over: clients that ask for BINARY
 * have no other way to the content.
 */
final class TransferDecoding {
    /**
     * What some octets are, counted.
     *
     * @param lines a last one without an end counts
     */
    record Size(long bytes, long lines, boolean hasNul) {
    }

    private static final int BUFFER_BYTES = 1 << 14;

    private final UnaryOperator<InputStream> decoder;

    private TransferDecoding(UnaryOperator<InputStream> decoder) {
        this.decoder = decoder;
    }

    /** How to decode a part; nothing where its encoding is unknown. */
    static Optional<TransferDecoding> of(MimePart part) {
        boolean text = part.kind() == MimePart.Kind.SINGLE && part.type().is("text");
        if (part.kind() != MimePart.Kind.SINGLE) {
            // RFC 2045 section 6.4: no encoding but the identities is allowed for these.
            return Optional.of(new TransferDecoding(UnaryOperator.identity()));
        }
        UnaryOperator<InputStream> lines = text ? in -> new DecodingInputStream(in, new CrlfStep()) : UnaryOperator.identity();
        return decoder(part.encoding()).map(decoder -> new TransferDecoding(in -> lines.apply(decoder.apply(in))));
    }

    private static Optional<UnaryOperator<InputStream>> decoder(String encoding) {
        return switch (encoding) {
            case "7bit", "8bit", "binary" -> Optional.of(UnaryOperator.identity());
            case "base64" -> Optional.of(in -> new DecodingInputStream(in, new Base64Step()));
            case "quoted-printable" -> Optional.of(in -> new DecodingInputStream(in, new QuotedPrintableStep()));
            default -> Optional.empty();
        };
    }

    UrlContent.Source over(UrlContent stored) {
        return () -> decoder.apply(stored.open());
    }

    /** Reads to the end and counts. */
    static Size size(UrlContent.Source octets) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        long lineFeeds = 0;
        boolean lineEnded = true;
        boolean hasNul = false;
        try (InputStream in = octets.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hasNul = hasNul || NulSearch.next(buffer, 0, read) < read;
                for (int i = 0; i < read; i++) {
                    lineFeeds += buffer[i] == '\n' ? 1 : 0;
                }
                bytes += read;
                lineEnded = read == 0 ? lineEnded : buffer[read - 1] == '\n';
            }
        }
        return new Size(bytes, lineEnded ? lineFeeds : lineFeeds + 1, hasNul);
    }
}

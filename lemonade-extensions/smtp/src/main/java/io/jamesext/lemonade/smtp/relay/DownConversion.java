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

package io.jamesext.lemonade.smtp.relay;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;

import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

import com.google.common.io.ByteStreams;

import io.jamesext.urlauth.UrlContent;

/**
 * A message in octets that a next hop can take: RFC 6152 section 3 where it has no 8BITMIME, RFC 3030 section 3 where it has no BINARYMIME.
 *
 * <p>Bodies that the hop cannot take become quoted-printable where they are nearly ASCII text, else base64; decoded they are the same
 * octets as before. A multipart and a message/rfc822 are never encoded, only what is in them (RFC 2045 section 6.4), and nothing is
 * encoded twice. A signed multipart stays as it is unless a body in it must change (RFC 1847 section 2.1). Text whose lines all end in LF
 * alone, and which does not say it is binary, keeps them: they become CRLF on the wire.
 *
 * <p>To 7 bits, header fields become ASCII too, see {@link SevenBitField}; to 8 bits they stay. The message is read three times, and no
 * more of it than a header is in memory.
 */
public final class DownConversion {
    private static final int BUFFER_BYTES = 1 << 14;

    private final UrlContent.Source message;
    private final ConversionPlan plan;

    private DownConversion(UrlContent.Source message, ConversionPlan plan) {
        this.message = message;
        this.plan = plan;
    }

    /**
     * Reads a message and decides what to do.
     *
     * @param level what the hop takes: {@link BodyData#SEVEN_BIT} or {@link BodyData#EIGHT_BIT}
     * @throws CannotConvertException where it may not be converted
     */
    public static DownConversion of(UrlContent.Source message, BodyData level) throws IOException {
        return new DownConversion(message, ConversionPlan.of(message, level));
    }

    /** Whether the octets are other ones than before. */
    public boolean changes() {
        return !plan.edits().isEmpty();
    }

    /** What goes out. */
    public BodyData data() {
        return plan.data();
    }

    /** Writes the message; the stream is left open. */
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = message.open()) {
            long at = 0;
            for (ConversionPlan.Edit edit : plan.edits()) {
                ByteStreams.limit(in, edit.extent().start() - at).transferTo(out);
                write(edit, ByteStreams.limit(in, edit.extent().length()), out);
                at = edit.extent().end();
            }
            in.transferTo(out);
        }
    }

    private static void write(ConversionPlan.Edit edit, InputStream octets, OutputStream out) throws IOException {
        Optional<HeaderRewrite> header = edit.header();
        if (header.isPresent()) {
            out.write(header.get().apply(octets.readAllBytes()));
        } else if (edit.to().equals("base64")) {
            // The octets of a line, and its end, as RFC 2045 section 6.8 has them.
            try (OutputStream encoding = Base64.getMimeEncoder().wrap(new KeptOpen(out))) {
                decoded(edit, octets).transferTo(encoding);
            }
        } else if (edit.to().equals("quoted-printable")) {
            QuotedPrintableOutput encoding = new QuotedPrintableOutput(out);
            decoded(edit, octets).transferTo(encoding);
            encoding.end();
            if (edit.softEnd()) {
                encoding.softLineBreak();
            }
        } else {
            ascii(octets, out);
        }
    }

    private static InputStream decoded(ConversionPlan.Edit edit, InputStream octets) {
        return switch (edit.from()) {
            case "base64" -> new Base64InputStream(octets, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(octets, DecodeMonitor.SILENT);
            default -> octets;
        };
    }

    /** What stands around the parts of a multipart is for nobody to read. RFC 2046 section 5.1.1. */
    private static void ascii(InputStream octets, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = octets.read(buffer); read >= 0; read = octets.read(buffer)) {
            for (int i = 0; i < read; i++) {
                buffer[i] = buffer[i] > 0 ? buffer[i] : (byte) '?';
            }
            out.write(buffer, 0, read);
        }
    }

    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes quoted-printable, RFC 2045 section 6.7: CRLF is a line break and every other control octet an escape, so that decoding gives
 * the same octets. Closing it writes what waits, and leaves what is below open.
 */
final class QuotedPrintableOutput extends FilterOutputStream {
    /** Characters of a line, the equals sign of a soft line break among them. */
    private static final int MAX_LINE = 76;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    private int column;
    /** White space or a CR, of which the next octet tells how it is written. */
    private int waiting = NONE;

    QuotedPrintableOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        int octet = b & 0xff;
        if (octet == '\n' && waiting == '\r') {
            waiting = NONE;
            out.write('\r');
            out.write('\n');
            column = 0;
            return;
        }
        if (waiting != NONE) {
            // Rule (3): white space is an escape before a line break only.
            put(waiting, waiting == '\r' || octet == '\r');
            waiting = NONE;
        }
        if (octet == ' ' || octet == '\t' || octet == '\r') {
            waiting = octet;
        } else {
            // RFC 2049 section 3 (8): a line must not be a dot, nor begin like one of a mail folder.
            boolean fragile = column == 0 && (octet == '.' || octet == 'F');
            put(octet, fragile || octet < ' ' || octet > '~' || octet == '=');
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    private void put(int octet, boolean escape) throws IOException {
        if (column + (escape ? 3 : 1) > MAX_LINE - 1) {
            softLineBreak();
        }
        if (escape) {
            out.write('=');
            out.write(HEX[octet >> 4]);
            out.write(HEX[octet & 0xf]);
        } else {
            out.write(octet);
        }
        column += escape ? 3 : 1;
    }

    /** Rule (5): a line end that is none of the content. */
    void softLineBreak() throws IOException {
        out.write('=');
        out.write('\r');
        out.write('\n');
        column = 0;
    }

    /** Writes what waits: the content is at its end. */
    void end() throws IOException {
        if (waiting != NONE) {
            put(waiting, true);
            waiting = NONE;
        }
    }

    @Override
    public void close() throws IOException {
        end();
        flush();
    }
}

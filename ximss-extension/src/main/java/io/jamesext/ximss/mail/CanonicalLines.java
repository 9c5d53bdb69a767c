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
package io.jamesext.ximss.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends each line with carriage return and line feed: RFC 8551 section 3.1.1, for a part that is copied may have other line ends, and a mail
 * server on the way would mend them.
 */
final class CanonicalLines extends FilterOutputStream {
    private int last;

    CanonicalLines(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        if (octet == '\n' && last != '\r') {
            out.write('\r');
        }
        out.write(octet);
        last = octet;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n' && last != '\r') {
                out.write(buffer, from, i - from);
                out.write('\r');
                from = i;
            }
            last = buffer[i];
        }
        out.write(buffer, from, offset + length - from);
    }
}

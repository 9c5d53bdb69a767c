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

package io.jamesext.lemonade.imap.pace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.jamesext.urlauth.NulSearch;

/**
 * The same octets without NUL, which no literal may hold (RFC 3501 section 9, CHAR8): 0x80 stands for it, so that sizes and offsets are
 * those of the message.
 */
public final class NulFreeInputStream extends FilterInputStream {
    private static final byte REPLACEMENT = (byte) 0x80;

    public NulFreeInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        return octet == 0 ? REPLACEMENT & 0xff : octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int read = super.read(octets, offset, length);
        replace(octets, offset, offset + Math.max(read, 0));
        return read;
    }

    /** Replaces each NUL between these places. */
    public static void replace(byte[] octets, int from, int to) {
        for (int nul = NulSearch.next(octets, from, to); nul < to; nul = NulSearch.next(octets, nul + 1, to)) {
            octets[nul] = REPLACEMENT;
        }
    }
}

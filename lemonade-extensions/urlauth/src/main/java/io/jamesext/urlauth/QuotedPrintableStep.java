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

/**
 * Decodes quoted-printable, RFC 2045 section 6.7: soft line breaks go, and so does white space at the end of a line, which some transport
 * has added. What is no escape stays as it is.
 */
final class QuotedPrintableStep implements DecodingInputStream.Step {
    /** White space that may still turn out to be at a line's end; more of it is content. RFC 2045 has lines of 76. */
    private static final int MAX_WAITING = 100;

    /** What may be an escape, a soft line break, or white space at a line's end. */
    private final byte[] waiting = new byte[MAX_WAITING];
    private int count;

    @Override
    public int decode(byte[] octets, int length, byte[] to) {
        int made = 0;
        for (int i = 0; i < length; i++) {
            made = one(octets[i], to, made);
        }
        return length < 0 ? end(to, made) : made;
    }

    private int one(byte octet, byte[] to, int made) {
        if (octet == '\n') {
            return lineEnd(to, made);
        }
        if (count == 0 && octet != '=' && !white(octet)) {
            to[made] = octet;
            return made + 1;
        }
        waiting[count++] = octet;
        if (count == 3 && waiting[0] == '=' && hex(1) >= 0 && hex(2) >= 0) {
            count = 0;
            to[made] = (byte) (hex(1) << 4 | hex(2));
            return made + 1;
        }
        return undecided() ? made : resume(to, made);
    }

    private boolean undecided() {
        int from = waiting[0] == '=' ? 1 : 0;
        return count < MAX_WAITING && (count == 2 && from == 1 && hex(1) >= 0 || contentLength() <= from);
    }

    /** The first octet of what waited is content after all; the rest is looked at anew. */
    private int resume(byte[] to, int made) {
        byte[] rest = new byte[count - 1];
        System.arraycopy(waiting, 1, rest, 0, rest.length);
        to[made] = waiting[0];
        count = 0;
        int written = made + 1;
        for (byte octet : rest) {
            written = one(octet, to, written);
        }
        return written;
    }

    private int lineEnd(byte[] to, int made) {
        boolean cr = count > 0 && waiting[count - 1] == '\r';
        boolean soft = soft();
        int written = end(to, made);
        if (soft) {
            return written;
        }
        if (cr) {
            to[written++] = '\r';
        }
        to[written] = '\n';
        return written + 1;
    }

    /** The end of a line, or of all: white space before it goes, and so does a soft line break. */
    private int end(byte[] to, int made) {
        int content = soft() ? 0 : contentLength();
        System.arraycopy(waiting, 0, to, made, content);
        count = 0;
        return made + content;
    }

    /** An equals sign with nothing but white space behind it. */
    private boolean soft() {
        return contentLength() == 1 && waiting[0] == '=';
    }

    /** Octets of what waits, without white space at its end. */
    private int contentLength() {
        int content = count;
        while (content > 0 && white(waiting[content - 1])) {
            content--;
        }
        return content;
    }

    private static boolean white(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }

    private int hex(int index) {
        return Character.digit(waiting[index], 16);
    }
}

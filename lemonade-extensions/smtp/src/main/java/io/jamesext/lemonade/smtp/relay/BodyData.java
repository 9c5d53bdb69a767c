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

import java.util.Locale;

/** What octets are, RFC 2045 sections 2.7 to 2.9: each is also the next. */
public enum BodyData {
    SEVEN_BIT("7bit"),
    EIGHT_BIT("8bit"),
    BINARY("binary");

    /** RFC 2045 section 2.7: octets of a line, without its end. */
    static final int MAX_LINE = 998;

    private final String encoding;

    BodyData(String encoding) {
        this.encoding = encoding;
    }

    /** The Content-Transfer-Encoding that says so. */
    public String encoding() {
        return encoding;
    }

    boolean exceeds(BodyData other) {
        return compareTo(other) > 0;
    }

    BodyData and(BodyData other) {
        return exceeds(other) ? this : other;
    }

    /** What an encoding promises; the encodings that are not identities give 7bit data. */
    static BodyData promisedBy(String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "8bit" -> EIGHT_BIT;
            case "binary" -> BINARY;
            default -> SEVEN_BIT;
        };
    }

    /** Looks at octets as they come. */
    static final class Scan {
        private long octets;
        private long notAscii;
        private long crLf;
        private long bareLf;
        private boolean bareCr;
        private boolean nul;
        private boolean longLine;
        private int line;
        private int last;
        private boolean endsLine = true;

        void update(byte[] buffer, int from, int to) {
            for (int i = from; i < to; i++) {
                one(buffer[i]);
            }
        }

        private void one(byte octet) {
            octets++;
            endsLine = octet == '\n' && last == '\r';
            if (octet == '\n') {
                crLf += last == '\r' ? 1 : 0;
                bareLf += last == '\r' ? 0 : 1;
                line = 0;
            } else {
                bareCr |= last == '\r';
                line += octet == '\r' ? 0 : 1;
                longLine |= line > MAX_LINE;
            }
            notAscii += octet < 0 ? 1 : 0;
            nul |= octet == 0;
            last = octet;
        }

        /** What the octets are when every line end counts. */
        BodyData data() {
            return hasBareLineEnds() || hasBareLf() ? BINARY : linesAside();
        }

        /** What they are as text: lines that all end in LF alone are text of this system, and get their CR on the way. */
        BodyData text() {
            return hasBareLineEnds() || hasBareLf() && crLf > 0 ? BINARY : linesAside();
        }

        /** What they are when line ends do not matter, as within base64. */
        BodyData linesAside() {
            return nul || longLine ? BINARY : notAscii > 0 ? EIGHT_BIT : SEVEN_BIT;
        }

        private boolean hasBareLineEnds() {
            return bareCr || last == '\r';
        }

        private boolean hasBareLf() {
            return bareLf > 0;
        }

        /** Whether the last line has its end, or there is none. */
        boolean endsLine() {
            return endsLine;
        }

        boolean isAscii() {
            return notAscii == 0;
        }

        /** Whether quoted-printable is shorter than base64: three octets for one, against four for three. RFC 2045 section 6.7. */
        boolean nearlyAscii() {
            return !nul && !bareCr && notAscii * 6 < octets;
        }
    }
}

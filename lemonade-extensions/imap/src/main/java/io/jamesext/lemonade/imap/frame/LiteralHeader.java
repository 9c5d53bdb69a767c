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

package io.jamesext.lemonade.imap.frame;

import java.util.Optional;

/**
 * The announcement of a literal at the end of a line. RFC 7888 section 8 and RFC 3516 section 7:
 *
 * <pre>
 * literal = "{" number ["+"] "}" CRLF *CHAR8      literal8 = "~{" number "}" CRLF *OCTET
 * </pre>
 *
 * @param start where it starts in the line
 * @param sizeBytes the octets it announces, {@link Long#MAX_VALUE} for a number beyond all sense
 */
record LiteralHeader(int start, long sizeBytes, boolean synchronising) {
    private static final int MAX_DIGITS = 18;

    /** Finds the announcement that ends {@code line}, whose last octet is a line feed. */
    static Optional<LiteralHeader> at(byte[] line, int length) {
        int end = length - 1;
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        if (end < 3 || line[end - 1] != '}') {
            return Optional.empty();
        }
        boolean synchronising = line[end - 2] != '+';
        int digitsEnd = synchronising ? end - 1 : end - 2;
        int digitsStart = digitsEnd;
        while (digitsStart > 0 && line[digitsStart - 1] >= '0' && line[digitsStart - 1] <= '9') {
            digitsStart--;
        }
        if (digitsStart == digitsEnd || digitsStart == 0 || line[digitsStart - 1] != '{') {
            return Optional.empty();
        }
        int start = digitsStart - 1;
        // "PASS{9}" is an atom gone wrong, which its client does not mean to continue. "PASS{9+}" would be followed by nine octets: those
        // must be read over whatever stands before them.
        return synchronising && !atTokenStart(line, start)
            ? Optional.empty()
            : Optional.of(new LiteralHeader(start, size(line, digitsStart, digitsEnd), synchronising));
    }

    private static boolean atTokenStart(byte[] line, int start) {
        int before = start > 0 && line[start - 1] == '~' ? start - 2 : start - 1;
        return before >= 0 && (line[before] == ' ' || line[before] == '(' || line[before] == '[');
    }

    private static long size(byte[] line, int start, int end) {
        int first = start;
        while (first < end - 1 && line[first] == '0') {
            first++;
        }
        if (end - first > MAX_DIGITS) {
            return Long.MAX_VALUE;
        }
        long size = 0;
        for (int at = first; at < end; at++) {
            size = size * 10 + (line[at] - '0');
        }
        return size;
    }
}

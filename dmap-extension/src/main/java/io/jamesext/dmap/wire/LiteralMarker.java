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
package io.jamesext.dmap.wire;

/**
 * The announcement of a literal at the end of a line: <code>["~"] "{" number ["+"] "}"</code>. Draft section 5.3, RFC 7888, and
 * RFC 3516 for the tilde.
 *
 * @param size octets; {@link Long#MAX_VALUE} for a number that is larger than any limit
 * @param isSynchronising true when the client waits for the go-ahead
 * @param isBinary true when any octet may follow
 * @param width how many octets of the line the announcement takes; 0 when there is none
 */
record LiteralMarker(long size, boolean isSynchronising, boolean isBinary, int width) {
    static final LiteralMarker NONE = new LiteralMarker(0, false, false, 0);

    /** More digits than this are not read as a number. */
    private static final int MAX_DIGITS = 18;

    boolean isPresent() {
        return width > 0;
    }

    static LiteralMarker atEndOf(byte[] line, int length) {
        int at = length - 1;
        if (at < 0 || line[at--] != '}') {
            return NONE;
        }
        boolean synchronising = at < 0 || line[at] != '+';
        if (!synchronising) {
            at--;
        }
        int lastDigit = at;
        while (at >= 0 && line[at] >= '0' && line[at] <= '9') {
            at--;
        }
        if (at < 0 || at == lastDigit || line[at] != '{') {
            return NONE;
        }
        long size = number(line, at + 1, lastDigit);
        boolean binary = at > 0 && line[at - 1] == '~';
        return new LiteralMarker(size, synchronising, binary, length - at + (binary ? 1 : 0));
    }

    private static long number(byte[] line, int first, int last) {
        long value = 0;
        int digits = 0;
        for (int at = first; at <= last; at++) {
            value = value * 10 + line[at] - '0';
            digits += value > 0 ? 1 : 0;
            if (digits > MAX_DIGITS) {
                return Long.MAX_VALUE;
            }
        }
        return value;
    }
}

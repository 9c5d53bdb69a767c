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
package io.jamesext.ximss.smime;

/**
 * Measures ASN.1 in BER (X.690 section 8) before anything is built of it: how deep it nests, how many elements it has and how long its
 * object identifiers are, for these cost a parser its stack, its heap and, with the square of their length, its time.
 */
public final class Asn1 {
    private static final int MAX_DEPTH = 48;
    private static final int MAX_ELEMENTS = 20_000;
    private static final int MAX_IDENTIFIER_BYTES = 64;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int RELATIVE_OBJECT_IDENTIFIER = 0x0D;
    private static final int CONSTRUCTED = 0x20;
    private static final int INDEFINITE = -1;

    private final byte[] octets;
    private final int[] ends = new int[MAX_DEPTH];
    private int at;
    private int depth;

    private Asn1(byte[] octets) {
        this.octets = octets;
    }

    /** True when these octets are elements within the limits, one after the other. */
    public static boolean isWithinLimits(byte[] octets) {
        try {
            return new Asn1(octets).walk();
        } catch (ArrayIndexOutOfBoundsException e) {
            // They end within an element, or nest too deep.
            return false;
        }
    }

    private boolean walk() {
        for (int elements = 0; at < octets.length; elements++) {
            if (elements == MAX_ELEMENTS || !element()) {
                return false;
            }
            while (depth > 0 && ends[depth - 1] == at) {
                depth--;
            }
        }
        return depth == 0;
    }

    private boolean element() {
        int tag = octets[at++] & 0xFF;
        if ((tag & 0x1F) == 0x1F) {
            while ((octets[at++] & 0x80) != 0) {
                // Skips the number of a long tag.
            }
        }
        int length = length();
        if (length == INDEFINITE) {
            ends[depth++] = INDEFINITE;
            return (tag & CONSTRUCTED) != 0;
        }
        if (length < 0 || length > octets.length - at) {
            return false;
        }
        if (tag == 0 && length == 0) {
            // Ends the innermost element, which has to be of indefinite length.
            return depth > 0 && ends[--depth] == INDEFINITE;
        }
        if ((tag & CONSTRUCTED) != 0) {
            ends[depth++] = at + length;
            return true;
        }
        at += length;
        return tag != OBJECT_IDENTIFIER && tag != RELATIVE_OBJECT_IDENTIFIER || length <= MAX_IDENTIFIER_BYTES;
    }

    /** The length; {@link #INDEFINITE}; or what is less than that when it is longer than any array. */
    private int length() {
        int first = octets[at++] & 0xFF;
        if (first <= 0x80) {
            return first == 0x80 ? INDEFINITE : first;
        }
        long length = 0;
        for (int i = first & 0x7F; i > 0; i--) {
            length = length << 8 | octets[at++] & 0xFF;
            if (length > Integer.MAX_VALUE) {
                return INDEFINITE - 1;
            }
        }
        return (int) length;
    }
}

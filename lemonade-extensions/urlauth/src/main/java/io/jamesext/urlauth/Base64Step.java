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

import java.util.Arrays;

/**
 * Decodes base64, RFC 2045 section 6.8: what is not of its alphabet is passed over, a short end gives the octets it has, and what follows
 * a padding is read on, because mail has such in it.
 */
final class Base64Step implements DecodingInputStream.Step {
    private static final int OTHER = -1;
    private static final int PADDING = -2;
    private static final int BITS = 6;
    /** The value of each octet, moved to each of the four places of a group: a group is the sum of four looks. */
    private static final int[][] PLACES = new int[4][256];
    private static final int[] FIRST = PLACES[0];
    private static final int[] SECOND = PLACES[1];
    private static final int[] THIRD = PLACES[2];
    private static final int[] FOURTH = PLACES[3];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int place = 0; place < 4; place++) {
            Arrays.fill(PLACES[place], OTHER);
            PLACES[place]['='] = PADDING;
            for (int value = 0; value < alphabet.length(); value++) {
                PLACES[place][alphabet.charAt(value)] = value << BITS * (3 - place);
            }
        }
    }

    private int group;
    private int inGroup;

    @Override
    public int decode(byte[] octets, int length, byte[] to) {
        int at = 0;
        int made = 0;
        while (at < length) {
            if (inGroup == 0) {
                int groups = groups(octets, at, length, to, made);
                at += 4 * groups;
                made += 3 * groups;
                if (at == length) {
                    break;
                }
            }
            made = one(octets[at++] & 0xff, to, made);
        }
        return length < 0 ? flush(to, made) : made;
    }

    /** Decodes whole groups as long as there are some; answers how many. Here goes all the time. */
    private static int groups(byte[] octets, int from, int length, byte[] to, int made) {
        int at = from;
        int next = made;
        while (at + 3 < length) {
            int bits = FIRST[octets[at] & 0xff] | SECOND[octets[at + 1] & 0xff] | THIRD[octets[at + 2] & 0xff]
                | FOURTH[octets[at + 3] & 0xff];
            if (bits < 0) {
                break;
            }
            to[next] = (byte) (bits >> 16);
            to[next + 1] = (byte) (bits >> 8);
            to[next + 2] = (byte) bits;
            at += 4;
            next += 3;
        }
        return (at - from) / 4;
    }

    private int one(int octet, byte[] to, int made) {
        int value = FOURTH[octet];
        if (value == PADDING) {
            return flush(to, made);
        }
        if (value == OTHER) {
            return made;
        }
        group |= value << BITS * (3 - inGroup);
        inGroup++;
        return inGroup == 4 ? flush(to, made) : made;
    }

    /** Four characters are three octets, three are two, two are one, and one is none. */
    private int flush(byte[] to, int made) {
        int written = write(group, Math.max(inGroup - 1, 0), to, made);
        group = 0;
        inGroup = 0;
        return written;
    }

    private static int write(int bits, int octets, byte[] to, int made) {
        for (int i = 0; i < octets; i++) {
            to[made + i] = (byte) (bits >> 8 * (2 - i));
        }
        return made + octets;
    }
}

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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes base64, RFC 2045 section 6.8: what is not of its alphabet is passed over, a short end gives the octets it has, and what follows
 * a padding is read on, because mail has such in it.
 */
final class Base64Step implements DecodingInputStream.Step {
    private static final byte OTHER = -1;
    private static final byte PADDING = -2;
    private static final int BITS = 6;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** The value of each octet. */
    private static final byte[] VALUES = new byte[1 << Byte.SIZE];
    /** The values of each two octets, or something negative: half as many looks as by {@link #VALUES}. */
    private static final short[] PAIRS = new short[1 << 2 * Byte.SIZE];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Arrays.fill(VALUES, OTHER);
        VALUES['='] = PADDING;
        for (int value = 0; value < alphabet.length(); value++) {
            VALUES[alphabet.charAt(value)] = (byte) value;
        }
        for (int pair = 0; pair < PAIRS.length; pair++) {
            int first = VALUES[pair >> Byte.SIZE];
            int second = VALUES[pair & 0xff];
            PAIRS[pair] = (short) (first < 0 || second < 0 ? OTHER : first << BITS | second);
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

    /** Decodes whole groups, two at once, as long as there are some; answers how many. Here goes all the time. */
    private static int groups(byte[] octets, int from, int length, byte[] to, int made) {
        int at = from;
        int next = made;
        while (at + 8 <= length) {
            long two = (long) LONG.get(octets, at);
            int first = PAIRS[(char) (two >>> 48)] << 12 | PAIRS[(char) (two >>> 32)];
            if (first < 0) {
                break;
            }
            int second = PAIRS[(char) (two >>> 16)] << 12 | PAIRS[(char) two];
            // Octets that do not count are overwritten by the next ones.
            LONG.set(to, next, (long) first << 40 | (second & 0xffffffL) << 16);
            at += 4;
            next += 3;
            if (second < 0) {
                break;
            }
            at += 4;
            next += 3;
        }
        return (at - from) / 4;
    }

    private int one(int octet, byte[] to, int made) {
        int value = VALUES[octet];
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

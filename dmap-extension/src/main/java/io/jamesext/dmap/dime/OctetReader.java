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
package io.jamesext.dmap.dime;

import java.util.Arrays;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Reads numbers in network order and runs of octets. Nothing is copied before it is known to be there; SYNTAX where it is not. */
public final class OctetReader {
    private final byte[] octets;
    private final int end;
    private int at;

    /** Reads the whole array. */
    public OctetReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    /** Reads from one place of the array to another. */
    public OctetReader(byte[] octets, int from, int end) {
        this.octets = octets;
        this.at = from;
        this.end = end;
    }

    /** How many octets are left. */
    public int remaining() {
        return end - at;
    }

    /** Where the next octet stands in the array. */
    public int position() {
        return at;
    }

    /** A number of one to three octets. */
    public int number(int bytes) {
        return Math.toIntExact(longNumber(bytes));
    }

    /** A number of one to four octets, without sign. */
    public long longNumber(int bytes) {
        int from = skip(bytes);
        long number = 0;
        for (int i = from; i < at; i++) {
            number = number << 8 | octets[i] & 0xFF;
        }
        return number;
    }

    /** The next octets, copied. */
    public byte[] take(int bytes) {
        int from = skip(bytes);
        return Arrays.copyOfRange(octets, from, at);
    }

    /** All octets that are left, copied. */
    public byte[] rest() {
        return take(remaining());
    }

    /** Passes over octets, and says where they began. */
    public int skip(int bytes) {
        if (bytes > remaining()) {
            throw new ProtocolException(Failure.SYNTAX, "a length points behind the end of the object");
        }
        int from = at;
        at += bytes;
        return from;
    }
}

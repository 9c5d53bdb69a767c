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

import java.io.ByteArrayOutputStream;

/** Collects numbers in network order and runs of octets. */
public final class OctetWriter {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** Adds a number that has room in so many octets. */
    public OctetWriter number(long number, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            octets.write((int) (number >>> shift));
        }
        return this;
    }

    /** Adds all of these. */
    public OctetWriter octets(byte[] more) {
        octets.write(more, 0, more.length);
        return this;
    }

    /** Adds some of these. */
    public OctetWriter octets(byte[] more, int from, int end) {
        octets.write(more, from, end - from);
        return this;
    }

    /** How many there are by now. */
    public int size() {
        return octets.size();
    }

    /** All of them. */
    public byte[] toBytes() {
        return octets.toByteArray();
    }
}

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
package io.jamesext.kernel.server;

import java.net.InetAddress;
import java.util.Arrays;

import com.google.common.net.InetAddresses;

/**
 * Addresses that begin with the same bits: RFC 4632 section 3.1, RFC 4291 section 2.3.
 *
 * @param prefix an address in network byte order
 * @param bits how many of its bits count
 */
public record AddressBlock(byte[] prefix, int bits) {
    /** Refuses more bits than an address has. */
    public AddressBlock {
        if (bits < 0 || bits > prefix.length * Byte.SIZE) {
            throw new IllegalArgumentException("not so many bits");
        }
    }

    /**
     * Reads ADDRESS/BITS.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static AddressBlock of(String notation) {
        int slash = notation.indexOf('/');
        return new AddressBlock(InetAddresses.forString(notation.substring(0, Math.max(slash, 0))).getAddress(),
            Integer.parseInt(notation.substring(slash + 1)));
    }

    /** Whether the address is one of them; those of the other IP version never are. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        int whole = bits / Byte.SIZE;
        int rest = Byte.SIZE - bits % Byte.SIZE;
        return bytes.length == prefix.length && Arrays.equals(prefix, 0, whole, bytes, 0, whole)
            && (rest == Byte.SIZE || (prefix[whole] & 0xFF) >> rest == (bytes[whole] & 0xFF) >> rest);
    }
}

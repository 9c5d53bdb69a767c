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

import java.security.SecureRandom;
import java.util.Arrays;

/** A mailbox access key: 256 unpredictable bits. RFC 4467 section 2.2 wants 128. */
public final class MailboxKey {
    static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] octets;

    private MailboxKey(byte[] octets) {
        if (octets.length != BYTES) {
            // An empty key would let anybody make tokens.
            throw new IllegalArgumentException("not a key");
        }
        this.octets = octets.clone();
    }

    /** A new key. */
    static MailboxKey random() {
        byte[] octets = new byte[BYTES];
        RANDOM.nextBytes(octets);
        return new MailboxKey(octets);
    }

    static MailboxKey of(byte[] octets) {
        return new MailboxKey(octets);
    }

    byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailboxKey key && Arrays.equals(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "MailboxKey";
    }
}

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
package io.jamesext.dmap.dime.signet;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

import com.google.common.hash.Hashing;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Names a signet at a level: SHA-512 over its fields up to that level's signature. As text, 86 characters of base64 without padding. */
public final class Fingerprint {
    /** Of the text. */
    public static final int CHARACTERS = 86;
    /** The last character has four bits that mean nothing; they are 0, so that a fingerprint has one text. */
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9+/]{85}[AQgw]");

    private final byte[] hash;

    private Fingerprint(byte[] hash) {
        this.hash = hash;
    }

    /** Of octets from the first to one place. */
    static Fingerprint of(byte[] octets, int end) {
        return new Fingerprint(Hashing.sha512().hashBytes(octets, 0, end).asBytes());
    }

    /** The fingerprint of a text. SYNTAX if it is none. */
    public static Fingerprint parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new ProtocolException(Failure.SYNTAX, "a fingerprint is 86 characters of base64");
        }
        return new Fingerprint(Base64.getDecoder().decode(text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && Arrays.equals(hash, fingerprint.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** Its text. */
    @Override
    public String toString() {
        return Base64.getEncoder().withoutPadding().encodeToString(hash);
    }
}

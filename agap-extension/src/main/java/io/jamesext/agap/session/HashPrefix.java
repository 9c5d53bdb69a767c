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
package io.jamesext.agap.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

import com.google.common.io.BaseEncoding;

/**
 * What the client puts before its password and hashes along with it, so that nobody can use the hash again. AGAP section 4.6: 1 to 256
 * characters from the space on.
 *
 * @param algorithm as Java names it
 * @param text the prefix
 */
public record HashPrefix(String algorithm, String text) {
    static final String MD5 = "MD5";
    static final String SHA1 = "SHA-1";
    private static final int RANDOM_OCTETS = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    static HashPrefix fresh(String algorithm) {
        byte[] octets = new byte[RANDOM_OCTETS];
        RANDOM.nextBytes(octets);
        return new HashPrefix(algorithm, Base64.getUrlEncoder().encodeToString(octets));
    }

    /**
     * True when the hash was made with this prefix and the password. What goes into it the draft leaves open: it is the octets of both in
     * UTF-8 (section 2.1), and the hash is in hexadecimal digits of either case.
     */
    public boolean isHash(String hash, String password) {
        byte[] expected = digest().digest((text + password).getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(BaseEncoding.base16().lowerCase().encode(expected).getBytes(StandardCharsets.US_ASCII),
            hash.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}

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
package io.jamesext.kernel.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;

/** The server's side of one CRAM-MD5 exchange (RFC 2195). */
final class CramMd5 {
    static final String NAME = "CRAM-MD5";
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * RFC 2195 section 2: the user's name, a space, and the digest in hexadecimal digits.
     *
     * @param digest as it was sent, perhaps no digest at all
     */
    record Response(String user, String digest) {
        static Response parse(byte[] response) {
            String text = Sasl.utf8(response);
            // The digest has no space, a name may have some.
            int space = text.lastIndexOf(' ');
            if (space < 1) {
                throw Sasl.malformed();
            }
            return new Response(text.substring(0, space), text.substring(space + 1));
        }

        /** Says nothing of the digest, by which a password can be guessed. */
        @Override
        public String toString() {
            return "CRAM-MD5 of " + user;
        }
    }

    private final String challenge;

    /** With the challenge given. */
    CramMd5(String challenge) {
        this.challenge = challenge;
    }

    /** With a new challenge, in the form of a Message-ID of this host. */
    static CramMd5 of(String host) {
        return new CramMd5("<" + nonce() + "@" + host + ">");
    }

    static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return BaseEncoding.base16().lowerCase().encode(bytes);
    }

    String challenge() {
        return challenge;
    }

    /** Fails as a wrong password does unless the response was made with this one. */
    @SuppressWarnings("deprecation") // RFC 2195 has MD5 and nothing else.
    void check(Response response, String password) {
        String expected = Hashing.hmacMd5(password.getBytes(StandardCharsets.UTF_8))
            .hashString(challenge, StandardCharsets.UTF_8).toString();
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), response.digest.getBytes(StandardCharsets.UTF_8))) {
            throw LogIn.failed();
        }
    }
}

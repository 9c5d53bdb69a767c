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
package io.jamesext.dmap.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.dmap.stacie.Stacie;
import io.jamesext.kernel.auth.CredentialCipher;

/**
 * What a user is known by in STACIE.
 *
 * @param token the verification token of 64 octets: who has it can log in
 * @param bonus the bonus rounds that it was made with
 * @param stamp of the password that it was made of; when that has changed, the verifier is void
 */
record StacieVerifier(byte[] token, int bonus, String stamp) {
    /** Encrypts it, for that user. */
    String encrypt(CredentialCipher cipher, Username user) {
        byte[] stampOctets = stamp.getBytes(StandardCharsets.UTF_8);
        return cipher.encrypt(use(user), ByteBuffer.allocate(Stacie.KEY + Integer.BYTES + stampOctets.length)
            .put(token).putInt(bonus).put(stampOctets).array());
    }

    /** Decrypts it; empty for what another key has encrypted, or for another user. */
    static Optional<StacieVerifier> decrypt(CredentialCipher cipher, Username user, String encrypted) {
        return cipher.decrypt(use(user), encrypted).map(octets -> {
            ByteBuffer fields = ByteBuffer.wrap(octets);
            byte[] token = new byte[Stacie.KEY];
            fields.get(token);
            return new StacieVerifier(token, fields.getInt(), StandardCharsets.UTF_8.decode(fields).toString());
        });
    }

    /** No user's name has a NUL: so this is never what the kernel encrypts for a user by the same key. */
    private static String use(Username user) {
        return "STACIE\0" + user.asString();
    }

    /** Says nothing, so that no log can hold a secret. */
    @Override
    public String toString() {
        return "StacieVerifier";
    }
}

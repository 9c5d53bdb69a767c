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

import com.google.common.io.BaseEncoding;

/**
 * What a server keeps to check SCRAM-SHA-256 proofs (RFC 5802 section 3); a password cannot be read from it, only guessed at.
 *
 * @param salt base64
 * @param iterations PBKDF2's count
 * @param storedKey {@code H(ClientKey)}, base64
 * @param serverKey base64
 * @param stamp a digest of James's own password record at the time; when that has changed, the verifier is void
 */
public record ScramVerifier(String salt, int iterations, String storedKey, String serverKey, String stamp) {
    byte[] saltBytes() {
        return BaseEncoding.base64().decode(salt);
    }

    byte[] storedKeyBytes() {
        return BaseEncoding.base64().decode(storedKey);
    }

    byte[] serverKeyBytes() {
        return BaseEncoding.base64().decode(serverKey);
    }

    /** Says nothing, so that no log can hold a secret. */
    @Override
    public String toString() {
        return "ScramVerifier";
    }
}

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
package io.jamesext.ximss.smime;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The keys that one message is signed and encrypted with.
 *
 * @param identity the user's key, if it is unlocked
 * @param recipients the certificates of all who are to read it
 */
public record SealingKeys(Optional<Identity> identity, List<X509Certificate> recipients) {
    /** For messages that are neither. */
    public static final SealingKeys NONE = new SealingKeys(Optional.empty(), List.of());

    /** Copies the certificates. */
    public SealingKeys {
        recipients = ImmutableList.copyOf(recipients);
    }

    /** The user's key; a message that has to be signed is refused without. */
    public Identity signer() {
        return identity.orElseThrow(() -> new ProtocolException(Failure.WRONG_STATE, "the private key is locked"));
    }

    /** Whom it is encrypted for. */
    public List<X509Certificate> readers() {
        if (recipients.isEmpty()) {
            throw new IllegalStateException("a message is encrypted for somebody");
        }
        return recipients;
    }
}

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

import java.util.List;
import java.util.stream.IntStream;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.VerifyingKey;

/**
 * Whether the signatures of signets are right. None of this says whether a key is its owner's: for organisations that is in their
 * DNS record, for users in the organisation's signature.
 */
public final class SignetSignatures {
    private SignetSignatures() {
    }

    /** Whether the owner's own key signed the keys: for an organisation all its signatures, for a user the one of the request. */
    public static boolean isSelfSigned(Signet signet) {
        VerifyingKey key = signet.signingKey();
        return signet.type() == ObjectType.ORGANISATION_SIGNET ? allSigned(signet, List.of(key))
            : signet.isSigned(FieldShape.OWNER_SIGNATURE, key);
    }

    /**
     * Whether an organisation signed this user's signet, and all that it tells, with a key that may sign signets, and the user signed the
     * keys. Without the latter an organisation could give a user somebody else's signing key, and what that one signs for this user's.
     */
    public static boolean isSignedBy(Signet user, Signet organisation) {
        return user.type() == ObjectType.USER_SIGNET && organisation.type() == ObjectType.ORGANISATION_SIGNET
            && isSelfSigned(user) && allSigned(user, organisation.keysFor(Permission.SIGNETS));
    }

    /**
     * Whether the owner of the older signet signed the keys of the newer one ("chain of custody").
     *
     * @param newer a user's signet or a request; if it bears no such signature the answer is no
     * @param older a user's signet or a request
     */
    public static boolean continues(Signet newer, Signet older) {
        return newer.hasCustodySignature() && older.type() != ObjectType.ORGANISATION_SIGNET
            && newer.isSigned(FieldShape.CUSTODY_SIGNATURE, older.signingKey());
    }

    /** The signatures of an organisation that are there. */
    private static boolean allSigned(Signet signet, List<VerifyingKey> keys) {
        return IntStream.of(FieldShape.cryptoSignature(signet.type()), FieldShape.FULL_SIGNATURE, FieldShape.IDENTIFIER_SIGNATURE)
            .filter(field -> signet.value(field).isPresent())
            .allMatch(field -> keys.stream().anyMatch(key -> signet.isSigned(field, key)));
    }
}

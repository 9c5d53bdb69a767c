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
package io.jamesext.dmap.ring;

import java.nio.file.Path;
import java.util.Optional;

import io.jamesext.kernel.auth.CredentialCipher;

/**
 * What an operator sets for all that deals with DIME's objects: {@code dime.xml}, one for the DMAP and the DMTP servers and the mailets.
 *
 * @param mode of accounts that have none of their own
 * @param organisations the folder with the keys of the domains of this installation; without it there are no signets
 * @param cipher encrypts private keys that users give to the server; without it the server takes none
 */
public record DimeSettings(Mode mode, Optional<Path> organisations, Optional<CredentialCipher> cipher) {
    /** When there is no file: everybody is in TRUSTFUL mode, and there are no keys. */
    public static final DimeSettings NONE = new DimeSettings(Mode.TRUSTFUL, Optional.empty(), Optional.empty());
}

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

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The authentication mechanisms of AGAP section 4.6. */
public enum Mechanism {
    /** Clear password; the only one that this server accepts so far. */
    PLAIN,
    /** Clear password, then the presence state. */
    PRESENCE,
    /** Hash, then the presence state. */
    PRESENCE_MD5,
    /** Hash, then the presence state. */
    PRESENCE_SHA1,
    /** Hash of a prefix and the password. */
    MD5,
    /** Hash of a prefix and the password. */
    SHA1,
    /** Clear password, then the storing state. */
    STORING,
    /** Hash, then the storing state. */
    STORING_MD5,
    /** Hash, then the storing state. */
    STORING_SHA1;

    /** The mechanism of a name as the client wrote it: section 4.6, case-insensitive. */
    public static Optional<Mechanism> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(mechanism -> mechanism.mechanismName().equals(upper)).findFirst();
    }

    /** As in {@code AUTH-} capabilities. */
    public String mechanismName() {
        return name().replace('_', '-');
    }
}

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

/** The authentication mechanisms of AGAP section 4.6: how a client proves who it is, and what that leads to. */
public enum Mechanism {
    /** Clear password. */
    PLAIN(Goal.ACCOUNT),
    /** Clear password, then the presence state. */
    PRESENCE(Goal.PRESENCE),
    /** Hash, then the presence state. */
    PRESENCE_MD5(Goal.PRESENCE, HashPrefix.MD5),
    /** Hash, then the presence state. */
    PRESENCE_SHA1(Goal.PRESENCE, HashPrefix.SHA1),
    /** Hash of a prefix and the password. */
    MD5(Goal.ACCOUNT, HashPrefix.MD5),
    /** Hash of a prefix and the password. */
    SHA1(Goal.ACCOUNT, HashPrefix.SHA1),
    /** Clear password, then the storing state. */
    STORING(Goal.STORING),
    /** Hash, then the storing state. */
    STORING_MD5(Goal.STORING, HashPrefix.MD5),
    /** Hash, then the storing state. */
    STORING_SHA1(Goal.STORING, HashPrefix.SHA1);

    /** Where a mechanism leads to. */
    public enum Goal {
        /** The client's own account: section 3.3. */
        ACCOUNT,
        /** Section 3.5. */
        PRESENCE,
        /** Section 3.6. */
        STORING
    }

    private final Goal goal;
    private final Optional<String> algorithm;

    Mechanism(Goal goal) {
        this.goal = goal;
        this.algorithm = Optional.empty();
    }

    Mechanism(Goal goal, String algorithm) {
        this.goal = goal;
        this.algorithm = Optional.of(algorithm);
    }

    /** The mechanism of a name as the client wrote it: section 4.6, case-insensitive. */
    public static Optional<Mechanism> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(mechanism -> mechanism.mechanismName().equals(upper)).findFirst();
    }

    /** As in {@code AUTH-} capabilities. */
    public String mechanismName() {
        return name().replace('_', '-');
    }

    /** Where it leads to. */
    public Goal goal() {
        return goal;
    }

    /** True when the client proves by a hash that it knows the password. */
    public boolean isHashed() {
        return algorithm.isPresent();
    }

    /** What such a client's next hash begins with; empty for clear passwords. */
    public Optional<HashPrefix> prefix() {
        return algorithm.map(HashPrefix::fresh);
    }
}

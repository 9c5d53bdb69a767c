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
package io.jamesext.dmap.dmtp.client;

import java.util.Optional;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dmtp.Domains;

/**
 * For a signet.
 *
 * @param name of a user, or a domain
 * @param fingerprint of the one that is meant; without it, the one that is used now
 */
record Question(String name, Optional<Fingerprint> fingerprint) {
    /** For the one that is used now. */
    static Question now(String name) {
        return new Question(name, Optional.empty());
    }

    boolean isForUser() {
        return name.contains("@");
    }

    boolean isForDomainNow() {
        return !isForUser() && fingerprint.isEmpty();
    }

    /** Who is asked. SYNTAX if the name is neither an address nor a domain. */
    String domain() {
        return Domains.of(name);
    }
}

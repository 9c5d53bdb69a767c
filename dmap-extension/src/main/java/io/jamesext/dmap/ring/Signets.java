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

import org.apache.james.core.Username;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The signets that this installation answers for: those of its users and of its domains. They are public. */
public final class Signets {
    private final KeyRing keys;
    private final Organisations organisations;

    /** On the users' keys and the domains. */
    @Inject
    public Signets(KeyRing keys, Organisations organisations) {
        this.keys = keys;
        this.organisations = organisations;
    }

    /** The one that messages to the user are encrypted to now; empty for a user without keys, and for nobody. */
    public Mono<Signet> current(Username user) {
        return keys.current(user).map(RingKey::signet);
    }

    /** All of a user, the newest first. */
    public Flux<Signet> history(Username user) {
        return keys.all(user).map(RingKey::signet);
    }

    /** The user's with this fingerprint, at whatever level it is one; or empty. */
    public Mono<Signet> find(Username user, Fingerprint fingerprint) {
        return history(user).filter(signet -> signet.isNamed(fingerprint)).next();
    }

    /** That of a domain, or empty. */
    public Mono<Signet> ofDomain(String domain) {
        return Mono.justOrEmpty(organisations.of(domain)).map(Organisation::signet);
    }
}

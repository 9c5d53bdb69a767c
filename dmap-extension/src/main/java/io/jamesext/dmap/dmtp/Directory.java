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
package io.jamesext.dmap.dmtp;

import java.util.Optional;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.dmap.ring.Signets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The signets that this server answers for. Who has none is not told from who does not exist, neither by the answer nor by what is
 * looked up for it.
 */
public final class Directory {
    private final Signets signets;
    private final Organisations organisations;
    private final Recipients recipients;

    /** On the users' keys and their other addresses. */
    @Inject
    public Directory(Signets signets, Organisations organisations, Recipients recipients) {
        this.signets = signets;
        this.organisations = organisations;
        this.recipients = recipients;
    }

    /** That of an organisation, at whatever level its fingerprint is given; or empty. */
    public Mono<Signet> ofDomain(String domain, Optional<Fingerprint> fingerprint) {
        return Mono.justOrEmpty(organisations.of(domain)).map(Organisation::signet).filter(signet -> isNamed(signet, fingerprint));
    }

    /** A user's that is used now, or the one of this fingerprint; or empty. */
    public Mono<Signet> ofUser(String address, Optional<Fingerprint> fingerprint) {
        return history(address).filter(signet -> isNamed(signet, fingerprint)).next();
    }

    /** All of a user, the newest first. */
    public Flux<Signet> history(String address) {
        return recipients.userOf(address).flatMapMany(signets::history).map(signet -> told(signet, address));
    }

    /** At another address of the user, a signet that names the user would be a wrong one, and tell whose the address is. */
    private static Signet told(Signet signet, String address) {
        return signet.identifier().filter(name -> !name.equalsIgnoreCase(address)).isPresent()
            ? signet.reducedTo(SignetLevel.FULL)
            : signet;
    }

    private static boolean isNamed(Signet signet, Optional<Fingerprint> fingerprint) {
        return fingerprint.isEmpty() || signet.isNamed(fingerprint.get());
    }
}

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

import java.util.Optional;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/** The signets that other installations answer for. */
public interface RemoteSignets {
    /** Nobody is asked. */
    RemoteSignets NONE = (address, fingerprint) -> Mono.error(
        () -> new ProtocolException(Failure.BUSY, "this server asks no other domains for signets"));

    /**
     * Asks the address's domain, but none of this installation.
     *
     * @param address of a user, or a domain
     * @param fingerprint of the one that is wanted, at whatever level; without it the current one
     * @return the signet, or empty when that domain has none such; an error when it cannot be asked
     */
    Mono<Signet> find(String address, Optional<Fingerprint> fingerprint);

    /** The same as {@link #find} if nobody needs to be asked for it. */
    default Optional<Signet> known(String address, Optional<Fingerprint> fingerprint) {
        return Optional.empty();
    }
}

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

import java.time.Duration;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * What strangers may do waits: "This operation introduces a delay before returning a response" (XIMSS, "Pre-Login Operations",
 * recoverPassword and signup), and log-ins without a password at AGAP. It grows with what comes from an address, or for a user.
 */
public final class PreLoginDelay {
    /** Stands for names that no user can have. */
    private static final Username NOBODY = Username.of("nobody");

    private final LogInThrottle throttle = new LogInThrottle();

    /**
     * Completes when the operation may go on.
     *
     * @param least the delay of the first ones
     */
    public Mono<Void> await(Client client, Optional<Username> user, Duration least) {
        return Mono.defer(() -> {
            Username slowed = user.orElse(NOBODY);
            Duration delay = throttle.delay(client.address(), slowed);
            // Now, so that those that come at once on many connections are slowed too.
            throttle.failed(client.address(), slowed);
            return Mono.delay(delay.plus(least), Blocking.SCHEDULER).then();
        });
    }
}

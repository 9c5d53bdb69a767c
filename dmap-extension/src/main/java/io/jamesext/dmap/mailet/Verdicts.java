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
package io.jamesext.dmap.mailet;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Decides for each recipient what becomes of a mail. PROTOCOL.md section 7.4.
 *
 * @param dime modes and keys
 * @param users who is one here
 * @param refusesPlain true when PARANOID accounts take no plain mail at all
 * @param maxBytes the longest message that is made here
 */
record Verdicts(Dime dime, UsersRepository users, boolean refusesPlain, int maxBytes) {
    private static final Retry ATTEMPTS = Retry.backoff(3, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(1));

    /** For a recipient as James's LocalDelivery takes it: aliases are resolved before. Blocks. */
    Verdict of(MailAddress recipient, Arrival mail) throws Exception {
        Username user = users.getUsername(recipient);
        if (!users.contains(user)) {
            return new Verdict.Pass();
        }
        Mode mode = Objects.requireNonNull(dime.modes().of(user).retryWhen(ATTEMPTS).block());
        if (mode == Mode.TRUSTFUL) {
            return new Verdict.Pass();
        }
        if (mail.size() > maxBytes) {
            return new Verdict.Refuse("it is longer than the " + maxBytes + " octets that can be encrypted on arrival");
        }
        return mail.isDime() ? new Verdict.Rewrap(user, mode, named(mail.keyName(), user)) : ofPlain(recipient, user, mode);
    }

    private Verdict ofPlain(MailAddress recipient, Username user, Mode mode) throws UsersRepositoryException {
        if (mode == Mode.PARANOID && refusesPlain) {
            return new Verdict.Refuse("the recipient takes no mail that was not encrypted by its author");
        }
        Optional<RingKey> key = dime.keys().current(user).retryWhen(ATTEMPTS).blockOptional();
        if (key.isEmpty()) {
            return mode == Mode.CAUTIOUS ? new Verdict.Pass()
                : new Verdict.Refuse("the recipient takes encrypted mail only and has no key yet");
        }
        Organisation organisation = dime.organisations().of(recipient.getDomain().asString())
            .orElseThrow(() -> new IllegalStateException("there are keys of a user and none of the domain " + recipient.getDomain()));
        return new Verdict.Encrypt(user, mode, key.get(), organisation);
    }

    /** A name that is no key of the user's says nothing to the user. */
    private Optional<RingKey> named(Optional<String> name, Username user) {
        return Mono.justOrEmpty(name)
            .flatMap(wanted -> dime.keys().all(user).filter(key -> DimeWrapper.keyName(key.id()).equals(wanted)).next())
            .retryWhen(ATTEMPTS)
            .blockOptional();
    }
}

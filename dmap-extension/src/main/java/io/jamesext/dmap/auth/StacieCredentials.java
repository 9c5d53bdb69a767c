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
package io.jamesext.dmap.auth;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.primitives.Bytes;

import io.jamesext.dmap.stacie.Rounds;
import io.jamesext.dmap.stacie.Stacie;
import io.jamesext.kernel.auth.CredentialCipher;
import io.jamesext.kernel.auth.PasswordKeeper;
import io.jamesext.kernel.auth.PasswordStamp;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What James's users are known by in STACIE. James keeps only hashes that STACIE cannot use, so a verifier is made when any of our servers
 * sees a right password, and is tied to James's password record: once that is changed or the user is removed, it is void. The salt is
 * made of the user's name by the operator's key: everybody has one, whether a user or not, and it never changes.
 */
final class StacieCredentials implements PasswordKeeper {
    private static final Logger LOGGER = LoggerFactory.getLogger(StacieCredentials.class);
    /** The most that the server spends on a verifier, some seconds of one core: a shorter password than that allows gets none. */
    private static final int MOST_ROUNDS = 1 << 20;
    /** Passwords that wait for their verifier; the next log-in tries again when there are more. */
    private static final int MOST_WAITING = 1000;
    private static final int IDLE_SECONDS = 60;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UsersRepository users;
    private final StacieVerifiers verifiers;
    private final CredentialCipher cipher;
    private final int bonus;
    // One thread: making verifiers never takes more than one of the machine's cores.
    private final Scheduler scheduler = Schedulers.newBoundedElastic(1, MOST_WAITING, "stacie", IDLE_SECONDS, true);

    StacieCredentials(UsersRepository users, StacieVerifiers verifiers, CredentialCipher cipher, int bonus) {
        this.users = users;
        this.verifiers = verifiers;
        this.cipher = cipher;
        this.bonus = bonus;
    }

    /** What is added to the password's own rounds, the same for everybody. */
    int bonus() {
        return bonus;
    }

    /** The user's salt. */
    byte[] salt(Username user) {
        return Bytes.concat(cipher.derive("STACIE salt 1\0" + user.asString()), cipher.derive("STACIE salt 2\0" + user.asString()));
    }

    /**
     * The user's verification token, or one that nobody knows. A void one is removed; that is why the password record is read after it:
     * nothing newer than the record can be taken for void.
     */
    Mono<byte[]> token(Username user) {
        return verifiers.find(user).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(found -> Blocking.call(() -> PasswordStamp.of(users, user)).flatMap(stamp -> valid(user, found, stamp)))
            .map(StacieVerifier::token)
            .switchIfEmpty(Mono.fromCallable(StacieCredentials::nobodys));
    }

    private Mono<StacieVerifier> valid(Username user, Optional<String> found, Optional<String> stamp) {
        // What another key has encrypted is left alone: it is good where that key is.
        Optional<StacieVerifier> verifier = found.flatMap(encrypted -> StacieVerifier.decrypt(cipher, user, encrypted));
        if (verifier.isPresent() && !stamp.equals(Optional.of(verifier.get().stamp()))) {
            return verifiers.remove(user, found.orElseThrow()).then(Mono.empty());
        }
        return Mono.justOrEmpty(verifier.filter(known -> known.bonus() == bonus));
    }

    private static byte[] nobodys() {
        byte[] token = new byte[Stacie.KEY];
        RANDOM.nextBytes(token);
        return token;
    }

    /** Makes the verifier behind the log-in's back, for that may take a second. */
    @Override
    public void remember(Username user, String password) {
        try {
            scheduler.schedule(() -> make(user, password));
        } catch (RejectedExecutionException e) {
            LOGGER.debug("too many verifiers wait to be made: {} gets none now", user.asString());
        }
    }

    private void make(Username user, String password) {
        try {
            // The password may have been changed since it was found right, and its verifier must not pass for one of the new password.
            Optional<String> stamp = PasswordStamp.of(users, user, password);
            if (stamp.isPresent() && !isKept(user, stamp.get()) && Rounds.of(password, bonus) <= MOST_ROUNDS) {
                StacieVerifier verifier = new StacieVerifier(token(user, password), bonus, stamp.get());
                verifiers.put(user, verifier.encrypt(cipher, user)).block();
            }
        } catch (UsersRepositoryException | RuntimeException e) {
            // The log-in itself has succeeded; only STACIE stays unavailable to this user for now.
            LOGGER.warn("no STACIE verifier could be kept for {}", user.asString(), e);
        }
    }

    private boolean isKept(Username user, String stamp) {
        return verifiers.find(user).blockOptional().flatMap(encrypted -> StacieVerifier.decrypt(cipher, user, encrypted))
            .filter(known -> known.bonus() == bonus && known.stamp().equals(stamp)).isPresent();
    }

    private byte[] token(Username user, String password) {
        String name = user.asString();
        byte[] salt = salt(user);
        int rounds = Rounds.of(password, bonus);
        byte[] masterKey = Stacie.key(Stacie.seed(rounds, password, salt), rounds, name, password, salt);
        byte[] passwordKey = Stacie.key(masterKey, rounds, name, password, salt);
        return Stacie.verificationToken(passwordKey, name, salt);
    }
}

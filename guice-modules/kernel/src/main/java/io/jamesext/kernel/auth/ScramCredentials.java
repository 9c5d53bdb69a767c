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

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.lib.model.DefaultUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * SCRAM verifiers of James's users. James keeps only hashes that SCRAM cannot use, so a verifier is made when a user logs in with
 * the clear password, and is tied to James's password record: once an operator changes the password or removes the user, it is void.
 * A user without one gets a made-up verifier that always looks the same and that nothing can satisfy.
 */
final class ScramCredentials implements PasswordKeeper {
    private static final Logger LOGGER = LoggerFactory.getLogger(ScramCredentials.class);
    /** RFC 7677 section 4 asks for at least 4096. */
    private static final int ITERATIONS = 10_000;
    private static final int SALT_BYTES = 16;

    private final UsersRepository users;
    private final ScramVerifiers verifiers;
    private final SecureRandom random = new SecureRandom();
    private final byte[] decoySecret = random.generateSeed(32);

    ScramCredentials(UsersRepository users, ScramVerifiers verifiers) {
        this.users = users;
        this.verifiers = verifiers;
    }

    /** Makes the verifier of a password that was just found right, unless there is a valid one. Blocks. */
    @Override
    public void remember(Username user, String password) {
        try {
            Optional<DefaultUser> record = PasswordStamp.record(users, user);
            if (record.isEmpty() || verifiers.find(user).filter(known -> isOf(record, known)).blockOptional().isPresent()) {
                return;
            }
            String stamp = PasswordStamp.of(record.get());
            // The password may have been changed since it was found right, and its verifier must not pass for one of the new password.
            if (record.get().verifyPassword(password)) {
                byte[] salt = new byte[SALT_BYTES];
                random.nextBytes(salt);
                verifiers.put(user, ScramSha256.verifier(password, salt, ITERATIONS, stamp)).block();
            }
        } catch (Exception e) {
            // The log-in itself has succeeded; only SCRAM stays unavailable to this user for now.
            LOGGER.warn("no SCRAM verifier could be kept for {}", user.asString(), e);
        }
    }

    /**
     * The user's verifier, or the decoy. A void one is removed; that is why the password record is read after it: nothing newer than
     * the record can be taken for void.
     */
    Mono<ScramVerifier> find(Username user) {
        return verifiers.find(user).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(found -> Blocking.call(() -> PasswordStamp.record(users, user)).flatMap(record -> valid(user, found, record)))
            .switchIfEmpty(Mono.fromCallable(() -> decoy(user)));
    }

    private Mono<ScramVerifier> valid(Username user, Optional<ScramVerifier> found, Optional<DefaultUser> record) {
        if (found.isEmpty() || isOf(record, found.get())) {
            return Mono.justOrEmpty(found);
        }
        return verifiers.remove(user, found.get()).then(Mono.empty());
    }

    private static boolean isOf(Optional<DefaultUser> record, ScramVerifier verifier) {
        return record.map(PasswordStamp::of).filter(verifier.stamp()::equals).isPresent();
    }

    private ScramVerifier decoy(Username user) {
        byte[] bytes = Hashing.hmacSha256(decoySecret).hashString(user.asString(), StandardCharsets.UTF_8).asBytes();
        String salt = BaseEncoding.base64().encode(bytes, 0, SALT_BYTES);
        byte[] nobodysKey = new byte[32];
        random.nextBytes(nobodysKey);
        String key = BaseEncoding.base64().encode(nobodysKey);
        return new ScramVerifier(salt, ITERATIONS, key, key, "");
    }
}

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.server.ServerSettings;
import reactor.core.publisher.Mono;

/**
 * Log-in with a name and a clear password, checked by James. A wrong one is answered after a delay that hides how long the check
 * took, and the next tries of that address or for that user wait longer.
 */
public final class LogIn {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogIn.class);
    /** Longer passwords are refused before any hash is computed. */
    private static final int MAX_PASSWORD_LENGTH = 1024;

    private final MailboxManager mailboxManager;
    private final List<PasswordKeeper> keepers;
    private final Optional<SharedSecrets> secrets;
    private final LogInThrottle throttle;
    private final ServerSettings settings;
    private final FailedLogIns observer;

    /** Hears of wrong log-ins. */
    @FunctionalInterface
    public interface FailedLogIns {
        /** One was wrong; the user may be any name that somebody has typed. Must return at once. */
        void failed(Client client, Username user);
    }

    /** Tells the keepers of each password that was found right, also those that are added to the list later. */
    LogIn(MailboxManager mailboxManager, List<PasswordKeeper> keepers, Optional<SharedSecrets> secrets, LogInThrottle throttle,
          ServerSettings settings, FailedLogIns observer) {
        this.mailboxManager = mailboxManager;
        this.keepers = keepers;
        this.secrets = secrets;
        this.throttle = throttle;
        this.settings = settings;
        this.observer = observer;
    }

    /** True when this client may send a clear password: under TLS, or where the configuration allows it without. */
    public boolean mayUsePassword(Client client) {
        return client.encrypted() || !settings.plainAuthDisallowed();
    }

    /**
     * Checks likewise, for secrets that are taken without a log-in.
     *
     * @throws ProtocolException of {@link Failure#ENCRYPTION_REQUIRED} when this client may not
     */
    public void requireMayUsePassword(Client client) {
        if (!mayUsePassword(client)) {
            throw new ProtocolException(Failure.ENCRYPTION_REQUIRED, "a clear password is taken only over TLS");
        }
    }

    /**
     * Logs in as the user whose password it is.
     *
     * @return the mailbox session; or fails with {@link Failure#AUTHENTICATION_FAILED}, late, or with
     *     {@link Failure#ENCRYPTION_REQUIRED}, at once
     */
    public Mono<MailboxSession> withPassword(Client client, Username user, String password) {
        return withPassword(client, new PasswordCredentials(Optional.empty(), user, password));
    }

    /** Logs in likewise; to act as another user, where James's delegation allows that. */
    public Mono<MailboxSession> withPassword(Client client, PasswordCredentials credentials) {
        Username user = credentials.user();
        return Mono.fromRunnable(() -> requireMayUsePassword(client)).then(slowed(client, user, Blocking.call(() -> {
            expectShort(credentials.password());
            MailboxSession session = authenticate(credentials);
            remember(user, credentials.password());
            return session;
        })));
    }

    /** True when this server keeps passwords, so that a client can log in by a hash of one. */
    public boolean keepsPasswords() {
        return secrets.isPresent();
    }

    /**
     * Logs in with the password that this server has kept, when what the client has sent proves that it knows it too. A user of whom none
     * is kept looks like a wrong proof.
     *
     * @param proof whether that is a proof of knowing this password; compares in constant time
     * @return as {@link #withPassword(Client, Username, String)}
     */
    public Mono<MailboxSession> withHash(Client client, Username user, Predicate<String> proof) {
        return Mono.justOrEmpty(secrets)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NOT_SUPPORTED, "this server keeps no passwords")))
            .flatMap(store -> store.find(user))
            .flatMap(kept -> withKept(client, new PasswordCredentials(Optional.empty(), user, kept), () -> {
                if (!proof.test(kept)) {
                    throw failed();
                }
            }));
    }

    /**
     * Logs in with the password that this server has kept, once a SASL mechanism proves that the client knows it too: James says whether it
     * is still the right one.
     *
     * @param proof fails as a wrong password does when it proves nothing; blocks
     */
    Mono<MailboxSession> withKept(Client client, PasswordCredentials kept, Runnable proof) {
        return slowed(client, kept.user(), Blocking.call(() -> {
            proof.run();
            try {
                return authenticate(kept);
            } catch (MailboxException e) {
                secrets.ifPresent(store -> store.forget(kept.user()));
                throw e;
            }
        }));
    }

    /** The passwords that this server keeps for mechanisms that need them, if its operator lets it. */
    Optional<SharedSecrets> secrets() {
        return secrets;
    }

    private MailboxSession authenticate(PasswordCredentials credentials) throws MailboxException {
        MailboxSession session = mailboxManager.authenticate(credentials.user(), credentials.password()).withoutDelegation();
        return credentials.actAs().isPresent() ? mailboxManager.authenticate(credentials.user()).as(credentials.actAs().get()) : session;
    }

    private void remember(Username user, String password) {
        keepers.forEach(keeper -> keeper.remember(user, password));
        secrets.ifPresent(store -> store.remember(user, password));
    }

    /**
     * Logs in with a password that hooks of James check, slowed in the same way. Whether it may cross the wire is theirs to say too.
     *
     * @param check returns when the password is right, and fails with {@link Failure#AUTHENTICATION_FAILED} when it is wrong; blocks
     * @return whose mailboxes to use
     */
    public Mono<Username> checked(Client client, PasswordCredentials credentials, Runnable check) {
        Username user = credentials.user();
        return slowed(client, user, Blocking.call(() -> {
            expectShort(credentials.password());
            // Before the hooks, for what they do to James's session stays.
            if (credentials.actAs().isPresent()) {
                mailboxManager.authenticate(user).as(credentials.actAs().get());
            }
            check.run();
            remember(user, credentials.password());
            return credentials.actAs().orElse(user);
        }));
    }

    /**
     * Logs in a user whose identity something else than the password proves, slowed in the same way. Whether it may cross the wire is the
     * caller's to say.
     *
     * @param proof completes when it is proved, and fails with {@link Failure#AUTHENTICATION_FAILED} when it is not
     */
    public Mono<MailboxSession> proved(Client client, Username user, Mono<Void> proof) {
        return proved(client, Optional.empty(), user, proof);
    }

    /**
     * Checks another secret of a user who has logged in. It is no easier to guess than the password: a wrong one is answered as late,
     * counts as a wrong log-in and makes the next tries wait.
     *
     * @param check gives what the secret opens, and fails with {@link Failure#AUTHENTICATION_FAILED} when it is wrong; blocks
     * @return that; or fails as {@link #withPassword(Client, Username, String)} does
     */
    public <T> Mono<T> withSecret(Client client, Username user, Callable<T> check) {
        return Mono.fromRunnable(() -> requireMayUsePassword(client)).then(slowed(client, user, Blocking.call(check)));
    }

    /** Logs in likewise; to act as another user, where James's delegation allows that. */
    public Mono<MailboxSession> proved(Client client, Optional<Username> actAs, Username user, Mono<Void> proof) {
        return slowed(client, user, proof.then(Blocking.call(() -> open(user, actAs.orElse(user)))));
    }

    /**
     * Logs in whoever a token names, as a user for whom James lets them act. RFC 7628 section 3: over TLS only, for who reads a token has
     * it.
     *
     * @param wanted the user whose mailboxes to use
     * @param owner the user whose token it is; fails as a wrong password does when it is not good; blocks
     */
    Mono<MailboxSession> withToken(Client client, Username wanted, Callable<Username> owner) {
        if (!mayUsePassword(client)) {
            return Mono.error(new ProtocolException(Failure.ENCRYPTION_REQUIRED, "a token is taken only over TLS"));
        }
        return slowed(client, wanted, Blocking.call(() -> open(owner.call(), wanted)));
    }

    private MailboxSession open(Username user, Username wanted) throws MailboxException {
        return user.equals(wanted) ? mailboxManager.authenticate(user).withoutDelegation() : mailboxManager.authenticate(user).as(wanted);
    }

    private static void expectShort(String password) {
        if (password.length() > MAX_PASSWORD_LENGTH) {
            throw failed();
        }
    }

    private <T> Mono<T> slowed(Client client, Username user, Mono<T> attempt) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return Mono.delay(throttle.delay(client.address(), user), Blocking.SCHEDULER)
                .then(attempt)
                .doOnNext(session -> throttle.succeeded(client.address(), user))
                .onErrorResume(error -> refuse(client, user, start, MailboxFailures.of(error), error));
        });
    }

    private <T> Mono<T> refuse(Client client, Username user, long start, ProtocolException failure, Throwable error) {
        if (failure.failure() != Failure.AUTHENTICATION_FAILED && failure.failure() != Failure.NO_PERMISSION) {
            return Mono.error(error);
        }
        throttle.failed(client.address(), user);
        observer.failed(client, user);
        LOGGER.info("wrong log-in of {} from {}", CharMatcher.javaIsoControl().replaceFrom(user.asString(), '?'),
            client.address().getHostAddress());
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        Duration rest = settings.failedLogInDelay().minus(spent);
        return Mono.delay(rest.isNegative() ? Duration.ZERO : rest, Blocking.SCHEDULER).then(Mono.error(failed()));
    }

    /** The failure of every proof that proves nothing, whatever is wrong with it. */
    public static ProtocolException failed() {
        return new ProtocolException(Failure.AUTHENTICATION_FAILED, "authentication failed");
    }
}

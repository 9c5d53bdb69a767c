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

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.user.api.UsersRepository;

import com.google.inject.Inject;

import io.jamesext.kernel.server.ServerSettings;

/**
 * The authentication of all our servers. One for the process, so that wrong log-ins at one protocol slow the next try at another.
 */
public final class Authentication {
    private final MailboxManager mailboxManager;
    private final ScramCredentials scram;
    private final CredentialStore credentials;
    private final TokenChecks tokens;
    private final LogInThrottle throttle = new LogInThrottle();
    private final List<PasswordKeeper> keepers = new CopyOnWriteArrayList<>();

    /** On James's users; {@code verifiers} is where SCRAM verifiers are kept, and {@code credentials} where shared secrets are. */
    @Inject
    public Authentication(MailboxManager mailboxManager, UsersRepository users, ScramVerifiers verifiers, CredentialStore credentials) {
        this.mailboxManager = mailboxManager;
        this.scram = new ScramCredentials(users, verifiers);
        this.credentials = credentials;
        this.tokens = new TokenChecks(users);
        keepers.add(scram);
    }

    /** Has the keeper told of each password that any of our servers finds right from now on. */
    public void tell(PasswordKeeper keeper) {
        keepers.add(keeper);
    }

    /** The same, with shared secrets in memory. */
    public Authentication(MailboxManager mailboxManager, UsersRepository users, ScramVerifiers verifiers) {
        this(mailboxManager, users, verifiers, new MemoryCredentialStore());
    }

    /** Log-in with a clear password, under one server's settings. */
    public LogIn logIn(ServerSettings settings) {
        return logIn(settings, (client, user) -> { });
    }

    /** The same, with somebody who hears of wrong ones. */
    public LogIn logIn(ServerSettings settings, LogIn.FailedLogIns observer) {
        return new LogIn(mailboxManager, keepers, SharedSecrets.of(settings.configuration(), credentials), throttle, settings, observer);
    }

    /** The same for a server that keeps no passwords, whatever its configuration's {@code credentialKey} is for there. */
    public LogIn logInWithoutSharedSecrets(ServerSettings settings) {
        return new LogIn(mailboxManager, keepers, Optional.empty(), throttle, settings, (client, user) -> { });
    }

    /** The SASL mechanisms, under one server's settings. */
    public Sasl sasl(ServerSettings settings) {
        return sasl(settings, (client, user) -> { });
    }

    /** The same, with somebody who hears of wrong log-ins. */
    public Sasl sasl(ServerSettings settings, LogIn.FailedLogIns observer) {
        return sasl(settings, logIn(settings, observer));
    }

    /** The same, on a log-in that was made for that server. */
    public Sasl sasl(ServerSettings settings, LogIn logIn) {
        return new Sasl(logIn, scram, settings.helloName(), new Sasl.Tokens(tokens, BearerTokens.settings(settings.configuration())));
    }
}

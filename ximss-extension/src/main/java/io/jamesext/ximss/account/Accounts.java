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
package io.jamesext.ximss.account;

import java.time.Clock;

import org.apache.james.user.api.DelegationStore;
import org.apache.james.user.api.UsersRepository;

import com.google.inject.Inject;

import io.jamesext.groupware.OneTimeSecrets;
import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.auth.PreLoginDelay;
import io.jamesext.ximss.smime.KeyHashing;
import io.jamesext.ximss.submit.Submission;

/** What operations on accounts work on: one of each for all servers of the process, so that none lets pass what another one slows. */
public final class Accounts {
    private final LogInHistory history;
    private final RecoveryAddresses addresses;
    private final Recovery recovery;
    private final PreLoginDelay preLoginDelay = new PreLoginDelay();
    private final KeyHashing keyHashing = new KeyHashing();
    private final AccountAccess access;

    /** On James's users, and what they have beside James. */
    @Inject
    public Accounts(UsersRepository users, DelegationStore delegations, UserSettings settings, OneTimeSecrets secrets,
                    Submission submission) {
        Background background = new Background();
        Clock clock = Clock.systemUTC();
        this.history = new LogInHistory(settings, users, background, clock);
        this.addresses = new RecoveryAddresses(settings, users);
        this.recovery = new Recovery(addresses, secrets, submission, background, clock);
        this.access = new AccountAccess(settings, delegations, users);
    }

    /** Who has logged in when. */
    public LogInHistory history() {
        return history;
    }

    /** Where users are reached who have forgotten their password. */
    public RecoveryAddresses addresses() {
        return addresses;
    }

    /** How they get in again. */
    public Recovery recovery() {
        return recovery;
    }

    /** How long what anybody may ask takes. */
    public PreLoginDelay preLoginDelay() {
        return preLoginDelay;
    }

    /** What users may do with the accounts of others. */
    public AccountAccess access() {
        return access;
    }

    /** The hashing of the passwords of private keys. */
    public KeyHashing keyHashing() {
        return keyHashing;
    }
}

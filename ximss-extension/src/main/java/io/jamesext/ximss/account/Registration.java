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

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.Wildcard;
import org.apache.james.user.api.AlreadyExistInUsersRepositoryException;
import org.apache.james.user.api.InvalidUsernameException;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.rule.MailRules;
import reactor.core.publisher.Mono;

/** Makes accounts for whoever asks. XIMSS, "Pre-Login Operations", signup. */
public final class Registration {
    /** What an account's owner is called, of {@link Kind#ACCOUNT}. */
    public static final String REAL_NAME = "RealName";

    /**
     * What every name is made of: nothing that looks like another name, or that James reads as something else, as {@code alice+details}.
     */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");
    /** RFC 2142, and whom else strangers take for the operator: for one, who owns the domain for authorities that certify. */
    private static final Set<String> RESERVED = Set.of("abuse", "admin", "administrator", "anybody", "anyone", "billing", "ftp",
        "hostmaster", "info", "is", "it", "mailer-daemon", "marketing", "mis", "news", "no-reply", "nobody", "noc", "noreply", "owner",
        "postmaster", "root", "sales", "security", "ssladmin", "ssladministrator", "sslwebmaster", "support", "sysadmin", "trouble",
        "usenet", "uucp", "webmaster", "www");

    private final UsersRepository users;
    private final MailboxManager mailboxes;
    private final UserSettings settings;
    private final MailRules rules;
    private final Accounts accounts;
    private final Terms terms;

    /**
     * Under which terms.
     *
     * @param open whether the operator allows it at all
     * @param delay of the first requests
     */
    public record Terms(boolean open, Duration delay) {
    }

    /**
     * A new account.
     *
     * @param realName empty text for none
     * @param recoveryAddress empty text for none
     */
    public record Account(Username user, String password, String realName, String recoveryAddress) {
        /** Says nothing of the password. */
        @Override
        public String toString() {
            return user.asString();
        }
    }

    /** On James's users. */
    public Registration(UsersRepository users, MailboxManager mailboxes, UserSettings settings, MailRules rules, Accounts accounts,
                        Terms terms) {
        this.users = users;
        this.mailboxes = mailboxes;
        this.settings = settings;
        this.rules = rules;
        this.accounts = accounts;
        this.terms = terms;
    }

    /** Whether there is any use in asking. */
    public boolean isOpen() {
        return terms.open && !users.isReadOnly();
    }

    /**
     * Makes one, after a while; fails with {@link Failure#CONFLICT} where there is one of that name, or was: James keeps what users that
     * have gone have had, and what others let them do, and that is for nobody else.
     */
    public Mono<Void> register(Client client, Account account) {
        MailboxSession owner = mailboxes.createSystemSession(account.user);
        return accounts.preLoginDelay().await(client, Optional.of(account.user), terms.delay)
            .then(Blocking.run(() -> check(account)))
            .then(Mono.defer(() -> isNamed(account.user, owner)))
            .flatMap(named -> Blocking.run(() -> add(account, named)))
            // What another of that name has left behind is not the new one's.
            .then(settings.clear(account.user))
            .then(rules.clear(account.user))
            .then(Mono.defer(() -> account.realName.isEmpty() ? Mono.<Void>empty()
                : settings.put(account.user, Kind.ACCOUNT, REAL_NAME, account.realName)))
            .then(Mono.defer(() -> accounts.addresses().set(account.user, account.recoveryAddress)))
            .then(Mono.defer(() -> Mono.from(mailboxes.createMailboxReactive(MailboxPath.inbox(account.user), owner))))
            .then();
    }

    /** Whether there are mailboxes that the name opens, its own or others', or accounts. */
    private Mono<Boolean> isNamed(Username name, MailboxSession owner) {
        MailboxQuery visible = MailboxQuery.builder().expression(Wildcard.INSTANCE).build();
        return mailboxes.search(visible, owner).hasElements()
            .flatMap(isKnown -> isKnown ? Mono.just(true) : accounts.access().isNamed(name));
    }

    private void check(Account account) throws UsersRepositoryException {
        try {
            users.assertValid(account.user);
            if (!NAME.matcher(account.user.getLocalPart()).matches()) {
                throw new ProtocolException(Failure.SYNTAX, "not a possible account name");
            }
            if (RESERVED.contains(account.user.getLocalPart()) || users.isAdministrator(account.user)) {
                throw new ProtocolException(Failure.NO_PERMISSION, "this account name is reserved");
            }
            requireNone(users.contains(account.user));
        } catch (InvalidUsernameException e) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible account name");
        }
    }

    private void add(Account account, boolean isNamed) throws UsersRepositoryException {
        // James's users in memory replace one of the same name.
        requireNone(isNamed || users.contains(account.user));
        try {
            users.addUser(account.user, account.password);
        } catch (AlreadyExistInUsersRepositoryException e) {
            requireNone(true);
        }
    }

    private static void requireNone(boolean exists) {
        if (exists) {
            throw new ProtocolException(Failure.CONFLICT, "the account exists already");
        }
    }
}

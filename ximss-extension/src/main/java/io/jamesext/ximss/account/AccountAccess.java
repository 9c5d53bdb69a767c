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

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;
import org.apache.james.mailbox.model.MailboxACL.SpecialName;
import org.apache.james.user.api.DelegationStore;
import org.apache.james.user.api.UsersRepository;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The access control lists of accounts. XIMSS, "Account Management". The right to delegate is James's own and kept by James, so that
 * whoever gives or takes it, over XIMSS, JMAP or WebAdmin, changes the same; the other rights are kept beside the user.
 */
public final class AccountAccess {
    private static final EntryKey ANYONE = new EntryKey(SpecialName.anybody.name(), NameType.special, false);

    /** Accounts looked at together. */
    private static final int AT_ONCE = 8;

    private final Semaphore looking = new Semaphore(1);
    private final UserSettings settings;
    private final DelegationStore delegations;
    private final UsersRepository users;

    /** On James's delegations, and what users have beside James. */
    public AccountAccess(UserSettings settings, DelegationStore delegations, UsersRepository users) {
        this.settings = settings;
        this.delegations = delegations;
        this.users = users;
    }

    /** The elements of an account's list, by whom they are for. Every one gives a right. */
    public Mono<Map<EntryKey, Set<AccountRight>>> list(Username account) {
        return Mono.zip(settings.all(account, Kind.ACCOUNT_ACL), delegates(account), (stored, delegates) -> {
            Map<EntryKey, Set<AccountRight>> elements = new HashMap<>();
            stored.forEach((name, letters) -> elements.put(EntryKey.deserialize(name), AccountRight.parse(letters)));
            delegates.forEach(user -> elements
                .computeIfAbsent(EntryKey.createUserEntryKey(user), first -> EnumSet.noneOf(AccountRight.class))
                .add(AccountRight.DELEGATE));
            return elements;
        });
    }

    /** What a user may do with an account. With their own, everything; with one of another domain, what James lets them. */
    public Mono<Set<AccountRight>> rights(Username account, Username user) {
        return account.equals(user) ? Mono.just(EnumSet.allOf(AccountRight.class))
            : list(account).map(elements -> effective(elements, user, user.getDomainPart().equals(account.getDomainPart())));
    }

    /** Fails unless a user has one of these rights to an account; in the same way where there is no such account. */
    public Mono<Void> require(Set<AccountRight> oneOf, Username account, Username user) {
        return rights(account, user)
            .filter(rights -> oneOf.stream().anyMatch(rights::contains))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_PERMISSION, "permission denied")))
            .then();
    }

    /**
     * Whether the list of any account has an element for this name. James keeps delegations by who gives them, also to users that have
     * gone, so each account is asked; fails with {@link Failure#BUSY} while that is being done for another name.
     */
    public Mono<Boolean> isNamed(Username name) {
        return Mono.defer(() -> {
            if (!looking.tryAcquire()) {
                return Mono.error(new ProtocolException(Failure.BUSY, "too much to do, try again later"));
            }
            return Flux.from(users.listReactive())
                .flatMap(account -> list(account).map(elements -> elements.containsKey(EntryKey.createUserEntryKey(name))), AT_ONCE)
                .any(named -> named)
                .doFinally(end -> looking.release());
        });
    }

    private static Set<AccountRight> effective(Map<EntryKey, Set<AccountRight>> elements, Username user, boolean sameDomain) {
        Set<AccountRight> rights = EnumSet.noneOf(AccountRight.class);
        Set<AccountRight> none = EnumSet.noneOf(AccountRight.class);
        Set<AccountRight> own = elements.getOrDefault(EntryKey.createUserEntryKey(user), none);
        if (sameDomain) {
            rights.addAll(own);
            rights.addAll(elements.getOrDefault(ANYONE, none));
            rights.removeAll(elements.getOrDefault(EntryKey.createUserEntryKey(user, true), none));
            rights.removeAll(elements.getOrDefault(new EntryKey(ANYONE.getName(), ANYONE.getNameType(), true), none));
        }
        // James knows nothing of elements against it.
        if (own.contains(AccountRight.DELEGATE)) {
            rights.add(AccountRight.DELEGATE);
        }
        return rights;
    }

    /**
     * Makes a list of another one; an element without a right goes.
     *
     * @param byOwner whether the account itself wants it, and not somebody who may administer it or acts as it
     * @return fails with a {@link ProtocolException}, before anything is changed, for what cannot be
     */
    public Mono<Void> change(Username account, Map<EntryKey, Set<AccountRight>> before, Map<EntryKey, Set<AccountRight>> after,
                             boolean byOwner) {
        Set<EntryKey> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        Set<AccountRight> none = EnumSet.noneOf(AccountRight.class);
        Flux<Change> changes = Flux.fromIterable(keys)
            .map(key -> new Change(key, before.getOrDefault(key, none), after.getOrDefault(key, none)))
            .filter(change -> !change.before.equals(change.after))
            .cache();
        return changes.concatMap(change -> check(account, change, byOwner)).thenMany(changes)
            .concatMap(change -> write(account, change)).then();
    }

    private record Change(EntryKey key, Set<AccountRight> before, Set<AccountRight> after) {
        boolean delegates() {
            return before.contains(AccountRight.DELEGATE) != after.contains(AccountRight.DELEGATE);
        }

        String stored(boolean pending) {
            Set<AccountRight> rights = EnumSet.noneOf(AccountRight.class);
            rights.addAll(after);
            if (!pending) {
                rights.remove(AccountRight.DELEGATE);
            }
            return AccountRight.text(rights);
        }
    }

    private Mono<Void> check(Username account, Change change, boolean byOwner) {
        if (!change.delegates()) {
            return Mono.empty();
        }
        if (!byOwner) {
            // Who acts as the account can do all that its owner can.
            return Mono.error(new ProtocolException(Failure.NO_PERMISSION,
                "only the account itself, logged in with its password, can give and take the right d"));
        }
        if (change.key.getNameType() != NameType.user || change.key.isNegative()) {
            return Mono.error(new ProtocolException(Failure.SYNTAX, "the right d is given to one account, and taken by removing it"));
        }
        // Before anything is written: whether this James has delegation at all.
        return delegated(Flux.defer(() -> delegations.authorizedUsers(account)).then());
    }

    private Mono<Void> write(Username account, Change change) {
        return isPending(account, change).flatMap(pending -> {
            String letters = change.stored(pending);
            Mono<Void> stored = letters.isEmpty() ? settings.remove(account, Kind.ACCOUNT_ACL, change.key.serialize())
                : settings.put(account, Kind.ACCOUNT_ACL, change.key.serialize(), letters);
            return change.delegates() && !pending ? stored.then(Mono.defer(() -> delegate(account, change))) : stored;
        });
    }

    /**
     * Whether the right to delegate is kept here, and opens nothing: it is for an account that is not there. James on Cassandra would write
     * half a user, and to refuse it would tell which accounts there are.
     */
    private Mono<Boolean> isPending(Username account, Change change) {
        if (!change.after.contains(AccountRight.DELEGATE)) {
            return Mono.just(false);
        }
        return change.delegates() ? Blocking.call(() -> !users.contains(Username.of(change.key.getName())))
            : settings.find(account, Kind.ACCOUNT_ACL, change.key.serialize())
                .map(letters -> AccountRight.parse(letters).contains(AccountRight.DELEGATE))
                .defaultIfEmpty(false);
    }

    private Mono<Void> delegate(Username account, Change change) {
        Username user = Username.of(change.key.getName());
        return delegated(Mono.defer(() -> Mono.from(change.after.contains(AccountRight.DELEGATE)
            ? delegations.addAuthorizedUser(account, user) : delegations.removeAuthorizedUser(account, user))));
    }

    private static Mono<Void> delegated(Mono<Void> work) {
        return work.onErrorMap(UnsupportedOperationException.class, none ->
            new ProtocolException(Failure.NOT_SUPPORTED, "this James has no delegation: the right d cannot be given"));
    }

    private Mono<Set<Username>> delegates(Username account) {
        return Flux.defer(() -> delegations.authorizedUsers(account)).collect(HashSet<Username>::new, Set::add)
            .<Set<Username>>map(found -> found)
            // A James without delegation.
            .onErrorReturn(UnsupportedOperationException.class, Set.of());
    }
}

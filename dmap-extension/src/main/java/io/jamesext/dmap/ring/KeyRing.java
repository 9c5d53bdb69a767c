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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.james.core.Username;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.kernel.auth.CredentialCipher;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The users' own keys. Draft section 7.4. Each key but the first is signed by the one before it, the chain of custody, so that whoever
 * knows an old one can trust the new one. Private keys leave it encrypted by the operator's key, whatever they are.
 */
public final class KeyRing {
    /** The most keys of a user: they are read together. */
    public static final int MAX_KEYS = 1000;
    /** How often a change is tried while others change the same ring. */
    private static final int TRIES = 10;

    /** What came of adding a key. */
    public enum Addition {
        /** It is the current one now. */
        ADDED,
        /** The user has a key with its id. */
        EXISTS,
        /** It is not signed by the current one. */
        CUSTODY_BROKEN,
        /** The user has {@link #MAX_KEYS}. */
        FULL
    }

    private final KeyTable table;
    private final Optional<CredentialCipher> cipher;

    /** On the table, with the operator's key. */
    @Inject
    public KeyRing(KeyTable table, DimeSettings settings) {
        this.table = table;
        this.cipher = settings.cipher();
    }

    /** Adds a key. NOT_SUPPORTED for one with private keys when there is nothing to encrypt them by. */
    public Mono<Addition> add(Username user, RingKey key) {
        return Mono.fromCallable(() -> sealed(user, key)).flatMap(sealed -> add(user, sealed, TRIES));
    }

    /** The user's key with this id, or empty; without private keys that the operator's key does not open. */
    public Mono<RingKey> find(Username user, Fingerprint id) {
        return table.find(user, id).map(key -> opened(user, key));
    }

    /** The private keys of a key, or empty. NOT_SUPPORTED when they were encrypted by another key of the operator's. */
    public Mono<byte[]> privateKeys(Username user, Fingerprint id) {
        return table.find(user, id).flatMap(key -> Mono.justOrEmpty(readable(user, key).privateKeys()));
    }

    /** All of a user, the newest first; without private keys that the operator's key does not open. */
    public Flux<RingKey> all(Username user) {
        return stored(user).map(key -> opened(user, key));
    }

    /** The one that is used now, the newest; or empty. */
    public Mono<RingKey> current(Username user) {
        return all(user).next();
    }

    /** Removes a key. Whether it may go is the caller's to know. */
    public Mono<Void> remove(Username user, Fingerprint id) {
        return remove(user, id, TRIES);
    }

    /** The key stays, without its private part. */
    public Mono<Void> removePrivateKeys(Username user, Fingerprint id) {
        return table.removePrivateKeys(user, id);
    }

    /**
     * Moves all keys of a user to another. The newest is the other's current one, unless that one has keys already: these stay newer.
     * Where it ends half-way, the first user still has them all, and it may be done again. NOT_SUPPORTED, as {@link #requireReadable}.
     */
    public Mono<Void> move(Username from, Username to) {
        return stored(from).map(key -> sealed(to, readable(from, key))).collectList()
            .flatMap(keys -> Flux.fromIterable(keys).concatMap(key -> addBelow(to, key, TRIES))
                .thenMany(Flux.fromIterable(keys).concatMap(key -> remove(from, key.id(), TRIES)))
                .then());
    }

    /** NOT_SUPPORTED when the operator's key does not open a private part: under another name nothing would. */
    public Mono<Void> requireReadable(Username user) {
        return stored(user).doOnNext(key -> readable(user, key)).then();
    }

    /**
     * Those keys of a user whose private part the server is not to have in a mode. One that the operator's key does not open may be any,
     * so only TRUSTFUL mode can have it.
     */
    public Flux<Fingerprint> unfit(Username user, Mode mode) {
        return table.all(user)
            .filter(key -> key.privateKeys().isPresent() && !mode.mayHold(opened(user, key).privateKeys()))
            .map(RingKey::id);
    }

    private Flux<RingKey> stored(Username user) {
        return table.all(user).sort(Comparator.comparing(RingKey::added).reversed());
    }

    private Mono<Addition> add(Username user, RingKey key, int tries) {
        return stored(user).collectList().flatMap(keys -> {
            if (keys.stream().anyMatch(known -> known.id().equals(key.id()))) {
                return Mono.just(Addition.EXISTS);
            }
            if (keys.size() >= MAX_KEYS) {
                return Mono.just(Addition.FULL);
            }
            Optional<RingKey> current = keys.stream().findFirst();
            if (current.isPresent() && !SignetSignatures.continues(key.signet(), current.get().signet())) {
                return Mono.just(Addition.CUSTODY_BROKEN);
            }
            // The newest has the latest time, however the clocks of the nodes go.
            Instant now = key.added().truncatedTo(ChronoUnit.MILLIS);
            Instant added = current.map(known -> known.added().plusMillis(1)).filter(now::isBefore).orElse(now);
            return table.add(user, key.addedAt(added), current.map(RingKey::id), key.id())
                .flatMap(done -> done ? Mono.just(Addition.ADDED) : again(tries, () -> add(user, key, tries - 1)));
        });
    }

    private Mono<Void> addBelow(Username user, RingKey key, int tries) {
        return stored(user).collectList().flatMap(keys -> {
            if (keys.stream().anyMatch(known -> known.id().equals(key.id()))) {
                return Mono.empty();
            }
            Optional<RingKey> current = keys.stream().findFirst();
            // Of several that come here one after the other, the newest first, each is older than the one before.
            Instant latest = current.map(known -> known.added().minusMillis(keys.size())).orElse(key.added());
            RingKey older = key.addedAt(latest.isBefore(key.added()) ? latest : key.added());
            return table.add(user, older, current.map(RingKey::id), current.orElse(key).id())
                .flatMap(done -> done ? Mono.<Void>empty() : again(tries, () -> addBelow(user, key, tries - 1)));
        });
    }

    private Mono<Void> remove(Username user, Fingerprint id, int tries) {
        return stored(user).map(RingKey::id).collectList().flatMap(ids -> {
            Optional<Fingerprint> then = ids.stream().filter(known -> !known.equals(id)).findFirst();
            return table.remove(user, id, ids.stream().findFirst(), then)
                .flatMap(done -> done ? Mono.<Void>empty() : again(tries, () -> remove(user, id, tries - 1)));
        });
    }

    private static <T> Mono<T> again(int tries, Supplier<Mono<T>> next) {
        return tries > 0 ? Mono.defer(next) : Mono.error(() -> new ProtocolException(Failure.BUSY, "the key ring changes all the time"));
    }

    private RingKey sealed(Username user, RingKey key) {
        return key.with(key.privateKeys().map(plain -> cipher
            .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED,
                "the server keeps no private keys: its operator has to give a credentialKey in dime.xml"))
            .encrypt(use(user, key), plain).getBytes(StandardCharsets.US_ASCII)));
    }

    private RingKey readable(Username user, RingKey key) {
        RingKey opened = opened(user, key);
        if (key.privateKeys().isPresent() && opened.privateKeys().isEmpty()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED,
                "the private keys were encrypted by another credentialKey than the one of dime.xml");
        }
        return opened;
    }

    private RingKey opened(Username user, RingKey key) {
        return key.with(key.privateKeys().flatMap(encrypted -> cipher.flatMap(known ->
            known.decrypt(use(user, key), new String(encrypted, StandardCharsets.US_ASCII)))));
    }

    private static String use(Username user, RingKey key) {
        return "private keys of DIME " + key.id() + " of " + user.asString();
    }
}

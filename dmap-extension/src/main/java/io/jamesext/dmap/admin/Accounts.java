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
package io.jamesext.dmap.admin;

import java.util.Optional;

import org.apache.james.core.Username;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.SignetName;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What operators do with accounts: change their mode, rename and remove them. */
public final class Accounts {
    private static final String DIFFERENT = "the two accounts have different modes: give the new one the mode of the other first";

    private final Dime dime;

    /** On the keys. */
    @Inject
    public Accounts(Dime dime) {
        this.dime = dime;
    }

    /**
     * Gives an account a mode of its own, or that of {@code dime.xml}.
     *
     * @param mayDelete whether private keys that the server is not to have in this mode are deleted
     * @return false when there are such that stay. The mode is changed all the same where the user brought them at this moment
     */
    public Mono<Boolean> enter(Username user, Optional<Mode> own, boolean mayDelete) {
        Mono<Boolean> fits = Mono.defer(() -> fits(user, own.orElse(dime.modes().byDefault()), mayDelete));
        Mono<Void> change = Mono.defer(() -> own.map(mode -> dime.modes().set(user, mode)).orElseGet(() -> dime.modes().reset(user)));
        // ADDKEY looks at the mode once more behind its key: so either it sees this mode or its key is seen here.
        return fits.flatMap(before -> before ? change.then(fits) : Mono.just(false));
    }

    private Mono<Boolean> fits(Username user, Mode mode, boolean mayDelete) {
        Flux<Fingerprint> unfit = dime.keys().unfit(user, mode);
        return mayDelete ? unfit.concatMap(id -> dime.keys().removePrivateKeys(user, id)).then(Mono.just(true))
            : unfit.hasElements().map(any -> !any);
    }

    /** Forgets what a user has left here who is none any more. */
    public Mono<Void> forget(Username user) {
        return dime.keys().all(user).concatMap(key -> dime.keys().remove(user, key.id()))
            .thenMany(dime.ring().names(user).concatMap(name -> dime.ring().remove(user, name)))
            .then(dime.modes().reset(user));
    }

    /**
     * Gives an account what another one has here: first the mode, then the keys and the pinned signets. The former account keeps its mode:
     * what still comes to it shall not be stored in the clear. What the other one has stays: its keys are the newer ones, and of two
     * signets for a name its own counts. To do it again is to go on where it failed.
     *
     * <p>Before anything is done it is CONFLICT when the other account was given another mode, has private keys that do not go with this
     * one, or would have too many keys; NOT_SUPPORTED when the operator's key does not open private keys.
     */
    public Mono<Void> rename(Username from, Username to) {
        if (from.equals(to)) {
            return Mono.empty();
        }
        return dime.keys().requireReadable(from)
            .then(requireRoom(from, to))
            .then(Mono.defer(() -> dime.modes().of(from)))
            .flatMap(mode -> refuse(dime.modes().ownOf(to).filter(own -> own != mode).hasElement(), DIFFERENT).then(requireFit(to, mode)))
            .then(Mono.defer(() -> dime.modes().ownOf(from)))
            // Once more behind it, as in enter.
            .flatMap(mode -> dime.modes().set(to, mode).then(requireFit(to, mode)))
            .then(Mono.defer(() -> dime.keys().move(from, to)))
            .thenMany(dime.ring().names(from))
            .concatMap(name -> moveSignet(from, to, name))
            .then();
    }

    private Mono<Void> requireFit(Username to, Mode mode) {
        return Mono.defer(() -> refuse(dime.keys().unfit(to, mode).hasElements(), DIFFERENT));
    }

    private Mono<Void> requireRoom(Username from, Username to) {
        return refuse(Flux.concat(dime.keys().all(from), dime.keys().all(to)).map(RingKey::id).distinct().count()
            .map(count -> count > KeyRing.MAX_KEYS), "together they have more than " + KeyRing.MAX_KEYS + " keys");
    }

    private static Mono<Void> refuse(Mono<Boolean> condition, String text) {
        return condition.flatMap(refused -> refused ? Mono.error(new ProtocolException(Failure.CONFLICT, text)) : Mono.empty());
    }

    private Mono<Boolean> moveSignet(Username from, Username to, SignetName name) {
        return dime.ring().find(from, name)
            .flatMap(signet -> dime.ring().put(to, name, signet, Optional.empty()))
            .then(dime.ring().remove(from, name));
    }
}

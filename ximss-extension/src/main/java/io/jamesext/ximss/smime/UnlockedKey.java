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
package io.jamesext.ximss.smime;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.james.core.Username;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * The private key of one session while it is unlocked, and nowhere else. XIMSS, "Secure Messaging", SMIMEUnlock. Its octets are overwritten
 * when it is locked; what the JDK makes of them for one use is left to the garbage collector, which is all that Java can do.
 */
public final class UnlockedKey {
    private Optional<Held> held = Optional.empty();
    private boolean isClosed;

    private record Held(byte[] pkcs8, List<X509Certificate> chain, Disposable timer) {
        void wipe() {
            timer.dispose();
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * Unlocks a key. Blocks for the time of the hashes.
     *
     * @param duration when it is locked again; never, if there is none
     * @throws ProtocolException when the password is wrong; an earlier key stays unlocked then
     */
    public void unlock(SealedKey key, Username user, String password, Optional<Duration> duration) throws GeneralSecurityException {
        byte[] pkcs8 = key.open(user, password);
        synchronized (this) {
            lock();
            if (isClosed) {
                Arrays.fill(pkcs8, (byte) 0);
                return;
            }
            Disposable timer = duration
                .map(time -> Schedulers.parallel().schedule(() -> lock(pkcs8), time.toMillis(), TimeUnit.MILLISECONDS))
                .orElseGet(Disposables::disposed);
            held = Optional.of(new Held(pkcs8, key.chain(), timer));
        }
    }

    /** Locks it, if it is not locked. */
    public synchronized void lock() {
        held.ifPresent(Held::wipe);
        held = Optional.empty();
    }

    /** Locks it for good, for the session is over: an unlocking that is still computing its hashes comes too late. */
    public synchronized void close() {
        isClosed = true;
        lock();
    }

    /** The time of one key is over, but maybe another is there by now. */
    private synchronized void lock(byte[] expired) {
        if (held.filter(key -> key.pkcs8 == expired).isPresent()) {
            lock();
        }
    }

    /** The key while it is unlocked. */
    public synchronized Optional<Identity> find() {
        return held.map(key -> {
            try {
                return Identity.of(key.pkcs8, key.chain);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a key that was read once cannot be read again", e);
            }
        });
    }

    /**
     * The key.
     *
     * @throws ProtocolException when it is locked
     */
    public Identity require() {
        return find().orElseThrow(() -> new ProtocolException(Failure.WRONG_STATE, "the private key is locked"));
    }
}

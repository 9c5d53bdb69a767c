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
package io.jamesext.ximss.op.secure;

import java.time.Duration;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.KeyHashing;
import io.jamesext.ximss.smime.UserKeys;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Unlocks the user's private key for this session. XIMSS, "Secure Messaging", SMIMEUnlock. A wrong password is answered as late, and
 * makes the next tries wait, as at a log-in; and as there, the password is taken over TLS only.
 *
 * <pre>{@code <SMIMEUnlock id="" password="" duration="seconds"? />}</pre>
 */
public final class SmimeUnlock implements XimssOperation<SmimeUnlock.Request> {
    /** No session is that long; it keeps the timer's arithmetic whole. */
    private static final long MAX_SECONDS = Duration.ofDays(365).toSeconds();

    /** The attributes. */
    public record Request(StoragePassword password, Optional<Duration> duration) {
        static Request parse(Element element) {
            return new Request(StoragePassword.of(element, "password"),
                element.number("duration").map(seconds -> Duration.ofSeconds(Math.min(seconds, MAX_SECONDS))));
        }
    }

    private final LogIn logIn;
    private final UserKeys keys;
    private final KeyHashing hashing;

    /** On the keys of users. */
    public SmimeUnlock(LogIn logIn, UserKeys keys, KeyHashing hashing) {
        this.logIn = logIn;
        this.keys = keys;
        this.hashing = hashing;
    }

    @Override
    public String name() {
        return "SMIMEUnlock";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        return keys.find(user)
            .flatMap(key -> logIn.withSecret(session.client(), user, () -> hashing.call(user, () -> {
                session.key().unlock(key, user, request.password.text(), request.duration);
                return key;
            })))
            .thenMany(Flux.empty());
    }
}

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

import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.Identity;
import io.jamesext.ximss.smime.KeyHashing;
import io.jamesext.ximss.smime.SealedKey;
import io.jamesext.ximss.smime.UserKeys;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the password that protects the user's private key in the store. XIMSS, "Secure Messaging", SMIMEModifyPassword: the key has to be
 * unlocked. Of two sessions that do it at once, one does.
 *
 * <pre>{@code <SMIMEModifyPassword id="" password="new password" />}</pre>
 */
public final class SmimeModifyPassword implements XimssOperation<SmimeModifyPassword.Request> {
    /** The attribute. */
    public record Request(StoragePassword password) {
    }

    private final LogIn logIn;
    private final UserKeys keys;
    private final KeyHashing hashing;

    /** On the keys of users. */
    public SmimeModifyPassword(LogIn logIn, UserKeys keys, KeyHashing hashing) {
        this.logIn = logIn;
        this.keys = keys;
        this.hashing = hashing;
    }

    @Override
    public String name() {
        return "SMIMEModifyPassword";
    }

    @Override
    public Request read(Element element) {
        return new Request(StoragePassword.of(element, "password"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        logIn.requireMayUsePassword(session.client());
        Username user = session.mailboxSession().getUser();
        Identity identity = session.key().require();
        return keys.find(user)
            .filter(kept -> identity.certificate().equals(kept.chain().get(0)))
            // Another session has imported one since.
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "the account has another private key by now")))
            .flatMap(kept -> Blocking.call(() -> hashing.call(user, () -> SealedKey.seal(identity, user, request.password.text())))
                .flatMap(key -> keys.put(user, Optional.of(kept), key)))
            .thenMany(Flux.empty());
    }
}

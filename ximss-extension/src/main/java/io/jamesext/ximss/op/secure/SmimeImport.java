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

import java.util.Base64;
import java.util.Optional;

import org.apache.james.core.Username;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.KeyHashing;
import io.jamesext.ximss.smime.Pkcs12;
import io.jamesext.ximss.smime.SealedKey;
import io.jamesext.ximss.smime.UserKeys;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the user's private key with its certificates, from a PKCS #12 file. An extension of this server: XIMSS, "Secure Messaging", says
 * that a key is stored and not how it comes there; CommuniGate does it in its web interface. The key is locked afterwards.
 *
 * <pre>{@code
 * <SMIMEImport id="" password="storage password" filePassword=""? replace="yes"? accountPassword=""?> the file in base64 </SMIMEImport>
 * }</pre>
 */
public final class SmimeImport implements XimssOperation<SmimeImport.Request> {
    /**
     * The attributes and the body.
     *
     * @param password what protects the key here from now on
     * @param filePassword what protects it in the file; the same, if the attribute is absent
     * @param replace true to take the place of a key that is there, with which older mail may have been encrypted
     * @param accountPassword to replace a key that is locked
     * @param file the PKCS #12 file
     */
    public record Request(StoragePassword password, String filePassword, boolean replace, Optional<String> accountPassword, byte[] file) {
        static Request parse(Element element) {
            StoragePassword password = StoragePassword.of(element, "password");
            try {
                byte[] file = Base64.getDecoder().decode(CharMatcher.whitespace().removeFrom(element.text()));
                return new Request(password, element.attribute("filePassword").orElse(password.text()), element.flag("replace", "yes"),
                    element.attribute("accountPassword"), file);
            } catch (IllegalArgumentException e) {
                throw new ProtocolException(Failure.SYNTAX, "the body has to be a PKCS#12 file in base64");
            }
        }

        /** Says nothing, so that no log can hold a password. */
        @Override
        public String toString() {
            return "SMIMEImport";
        }
    }

    private final LogIn logIn;
    private final UserKeys keys;
    private final KeyHashing hashing;

    /** On the keys of users. */
    public SmimeImport(LogIn logIn, UserKeys keys, KeyHashing hashing) {
        this.logIn = logIn;
        this.keys = keys;
        this.hashing = hashing;
    }

    @Override
    public String name() {
        return "SMIMEImport";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        logIn.requireMayUsePassword(session.client());
        Username user = session.mailboxSession().getUser();
        return keys.find(user).map(Optional::of)
            .onErrorResume(SmimeImport::isNone, none -> Mono.just(Optional.empty()))
            .delayUntil(earlier -> Mono.justOrEmpty(earlier).flatMap(key -> requireMayReplace(key, request, session)))
            .flatMap(earlier -> Blocking.call(() -> hashing.call(user, () ->
                    SealedKey.seal(Pkcs12.read(request.file, request.filePassword), user, request.password.text())))
                .flatMap(key -> keys.put(user, earlier, key)))
            .then(Mono.fromRunnable(session.key()::lock))
            .thenMany(Flux.empty());
    }

    private static boolean isNone(Throwable error) {
        return error instanceof ProtocolException refusal && refusal.failure() == Failure.NO_SUCH_MESSAGE;
    }

    /** What the earlier key alone can read is lost: an open session is not enough. Who has forgotten its password has the account's. */
    private Mono<Void> requireMayReplace(SealedKey earlier, Request request, XimssSession session) {
        if (!request.replace) {
            return Mono.error(new ProtocolException(Failure.CONFLICT, "the account has a private key already"));
        }
        if (session.key().find().filter(key -> key.certificate().equals(earlier.chain().get(0))).isPresent()) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(request.accountPassword)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_PERMISSION,
                "to replace a private key, unlock it first or give the accountPassword")))
            .flatMap(password -> logIn.withPassword(session.client(), session.mailboxSession().getUser(), password))
            .then();
    }
}

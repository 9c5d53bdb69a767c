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
package io.jamesext.dmap.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.Content;

import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * What of a message that a client brings goes into James's mailbox: a DIME message behind its header, a plain one as it is. PROTOCOL.md
 * section 8.3.
 */
public final class MessageIntake {
    private static final int UNIQUE_BYTES = 32;

    private final Dime dime;
    private final MessageKeys keys;
    private final SecureRandom random = new SecureRandom();

    /** On the accounts' modes and the users' keys. */
    public MessageIntake(Dime dime) {
        this.dime = dime;
        this.keys = new MessageKeys(dime);
    }

    /**
     * What to store. NOT_SUPPORTED for what begins as a DIME message and is none; for a plain message with a key; and for a plain
     * message in an account whose mail the server is not to read.
     *
     * @param key the id of the user's key that the client has named
     */
    public Mono<Content> stored(Content message, Optional<Fingerprint> key, Username user) {
        return Blocking.call(() -> isDime(message)).flatMap(isDime -> isDime ? wrapped(message, key, user)
            : admitPlain(key, user).thenReturn(message));
    }

    /** Fails as {@link #stored} does where the beginning of a message is enough to see that: before what nobody is to read is on a disk. */
    public Mono<Void> admit(byte[] beginning, Optional<Fingerprint> key, Username user) {
        return Mono.fromCallable(() -> beginning.length < MessageLayout.MAGIC_BYTES
                || MessageLayout.begins(new ByteArrayInputStream(beginning)))
            .flatMap(possible -> possible ? Mono.empty() : admitPlain(key, user));
    }

    private static boolean isDime(Content message) throws IOException {
        try (InputStream in = message.getInputStream()) {
            return MessageLayout.begins(in);
        }
    }

    private Mono<Content> wrapped(Content message, Optional<Fingerprint> key, Username user) {
        return Blocking.call(() -> read(message))
            .flatMap(read -> Mono.justOrEmpty(key).switchIfEmpty(keys.find(read, user))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty()))
            .flatMap(named -> Mono.fromCallable(() -> DimeWrapper.wrap(message, DimeWrapper.header(Instant.now(), unique(), named))));
    }

    private static DimeMail read(Content message) throws IOException {
        try {
            return DimeMail.read(message);
        } catch (ProtocolException e) {
            // Draft section 7.3.10: "NO - append error: ... error in ... message text". The command itself is well formed.
            throw new ProtocolException(Failure.NOT_SUPPORTED, e.text());
        }
    }

    private byte[] unique() {
        byte[] unique = new byte[UNIQUE_BYTES];
        random.nextBytes(unique);
        return unique;
    }

    private Mono<Void> admitPlain(Optional<Fingerprint> key, Username user) {
        if (key.isPresent()) {
            return Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "only a DIME message has a key, and this is none"));
        }
        return dime.modes().of(user).flatMap(mode -> mode == Mode.TRUSTFUL ? Mono.empty()
            : Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "a plain message is not stored in this account: encrypt it first")));
    }
}

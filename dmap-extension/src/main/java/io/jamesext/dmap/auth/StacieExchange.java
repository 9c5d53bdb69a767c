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
package io.jamesext.dmap.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.dmap.stacie.Stacie;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * STACIE as a SASL mechanism, PROTOCOL.md section 2.3: the client names the user, the server answers what the keys are made of, and the
 * client sends the login token. Nothing of the user is looked up before that, so that neither the challenge nor its time tells who exists.
 */
final class StacieExchange {
    static final String NAME = "STACIE";

    private static final int VERSION = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** {@code [authzid] NUL authcid}, with SASL's names for the one to act as and the one who logs in (RFC 4422 section 2). */
    private record ClientFirst(Optional<Username> actAs, Username user) {
        static ClientFirst parse(byte[] response) {
            List<String> fields = List.of(Sasl.utf8(response).split("\0", -1));
            if (fields.size() != 2) {
                throw Sasl.malformed();
            }
            Username user = Sasl.username(fields.get(1));
            return new ClientFirst(Optional.of(fields.get(0)).filter(name -> !name.isEmpty()).map(Sasl::username)
                .filter(other -> !other.equals(user)), user);
        }
    }

    private final LogIn logIn;
    private final StacieCredentials credentials;

    StacieExchange(LogIn logIn, StacieCredentials credentials) {
        this.logIn = logIn;
        this.credentials = credentials;
    }

    /**
     * Talks to the client until it is known who it is.
     *
     * @param first the client's first message
     * @param ask sends a challenge and gives the client's response
     * @return as {@link Sasl#converse} does
     */
    Mono<MailboxSession> converse(Client client, Mono<byte[]> first, Function<byte[], Mono<byte[]>> ask) {
        return first.map(ClientFirst::parse).flatMap(named -> {
            byte[] nonce = new byte[Stacie.SALT];
            RANDOM.nextBytes(nonce);
            return ask.apply(challenge(named.user(), nonce).getBytes(StandardCharsets.UTF_8))
                .doOnNext(StacieExchange::expectToken)
                .flatMap(token -> logIn.proved(client, named.actAs(), named.user(), proof(named.user(), nonce, token)));
        });
    }

    /** The name comes last, for it may have commas. */
    private String challenge(Username user, byte[] nonce) {
        Base64.Encoder base64 = Base64.getEncoder();
        return "v=" + VERSION + ",b=" + credentials.bonus() + ",s=" + base64.encodeToString(credentials.salt(user))
            + ",n=" + base64.encodeToString(nonce) + ",u=" + user.asString();
    }

    private static void expectToken(byte[] token) {
        if (token.length != Stacie.KEY) {
            throw Sasl.malformed();
        }
    }

    private Mono<Void> proof(Username user, byte[] nonce, byte[] token) {
        return credentials.token(user).flatMap(known -> Blocking.run(() -> {
            byte[] expected = Stacie.loginToken(known, user.asString(), credentials.salt(user), nonce);
            if (!MessageDigest.isEqual(expected, token)) {
                throw LogIn.failed();
            }
        }));
    }
}

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
package io.jamesext.kernel.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.protocols.api.OidcSASLConfiguration;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * The SASL mechanisms (RFC 4422) of this server: PLAIN (RFC 4616) and SCRAM-SHA-256 (RFC 5802, RFC 7677), where the protocol tells of the
 * connection's certificate also bound to that (SCRAM-SHA-256-PLUS); and where the operator lets the
 * server keep passwords, CRAM-MD5 (RFC 2195) and DIGEST-MD5 (RFC 2831); and where there is a server for tokens, OAUTHBEARER (RFC 7628) and
 * XOAUTH2.
 */
public final class Sasl {
    private static final String PLAIN = "PLAIN";
    private static final byte[] EMPTY = {};
    /** RFC 5802 section 7, gs2-cbind-flag. */
    private static final String BINDING_TYPE = "p=";

    private final LogIn logIn;
    private final ScramCredentials credentials;
    private final Realm realm;
    private final Tokens tokens;

    /**
     * Where users are, who leave out their domain.
     *
     * @param host the server's name
     * @param name what DIGEST-MD5 calls it
     * @param users the user of a name; fails as a wrong password does when there cannot be one
     */
    private record Realm(String host, String name, Function<String, Mono<Username>> users) {
    }

    /**
     * How tokens are checked.
     *
     * @param settings James's, of this listener; empty where no tokens are taken
     */
    record Tokens(TokenChecks checks, Optional<OidcSASLConfiguration> settings) {
    }

    Sasl(LogIn logIn, ScramCredentials credentials, String host, Tokens tokens) {
        this(logIn, credentials, new Realm(host, host, name -> Mono.fromCallable(() -> username(name))), tokens);
    }

    private Sasl(LogIn logIn, ScramCredentials credentials, Realm realm, Tokens tokens) {
        this.logIn = logIn;
        this.credentials = credentials;
        this.realm = realm;
        this.tokens = tokens;
    }

    /**
     * The same, for users who leave out their domain in CRAM-MD5, DIGEST-MD5 and with tokens.
     *
     * @param domain its name
     * @param users the user of a name; fails as a wrong password does when there cannot be one
     */
    public Sasl in(String domain, Function<String, Mono<Username>> users) {
        return new Sasl(logIn, credentials, new Realm(realm.host, domain, users), tokens);
    }

    /** The same, with tokens as James has configured another listener for them, or without any. */
    public Sasl withTokens(Optional<OidcSASLConfiguration> settings) {
        return new Sasl(logIn, credentials, realm, new Tokens(tokens.checks, settings));
    }

    /** The mechanisms that work for this client now, the strongest first. */
    public List<String> offered(Client client) {
        ImmutableList.Builder<String> offered = ImmutableList.builder();
        if (endPoint(client).isPresent()) {
            offered.add(ScramSha256.PLUS_NAME);
        }
        offered.add(ScramSha256.NAME);
        if (logIn.secrets().isPresent()) {
            offered.add(DigestMd5.NAME, CramMd5.NAME);
        }
        if (logIn.mayUsePassword(client)) {
            if (tokens.settings.isPresent()) {
                offered.addAll(BearerTokens.NAMES);
            }
            offered.add(PLAIN);
        }
        return offered.build();
    }

    /** True for a mechanism by which the client proves that it knows a password, and not only that it has a token. */
    public static boolean provesPassword(String mechanism) {
        return BearerTokens.NAMES.stream().noneMatch(mechanism::equalsIgnoreCase);
    }

    /**
     * Talks to the client until it is known who it is.
     *
     * @param mechanism the mechanism's registered name, in either case
     * @param initialResponse what the client sent along with the name, decoded; empty when it sent nothing
     * @param ask sends a challenge and gives the client's response, both decoded from the protocol's base64
     * @return the mailbox session; or fails with {@link Failure#NOT_SUPPORTED} for an unknown mechanism, {@link Failure#SYNTAX}
     *     for a malformed response, else as {@link LogIn#withPassword(Client, PasswordCredentials)} does
     */
    public Mono<MailboxSession> converse(String mechanism, Client client, Optional<byte[]> initialResponse,
                                         Function<byte[], Mono<byte[]>> ask) {
        Mono<byte[]> first = initialResponse.map(Mono::just).orElseGet(() -> Mono.defer(() -> ask.apply(EMPTY)));
        if (mechanism.equalsIgnoreCase(PLAIN)) {
            return first.map(PasswordCredentials::plain).flatMap(credentials -> logIn.withPassword(client, credentials));
        }
        if (mechanism.equalsIgnoreCase(ScramSha256.NAME)) {
            return first.map(response -> ScramSha256.ClientFirst.parse(utf8(response)))
                .doOnNext(response -> expectUnbound(client, response))
                .flatMap(response -> scram(client, response, EMPTY, ask));
        }
        Optional<byte[]> endPoint = endPoint(client);
        if (endPoint.isPresent() && mechanism.equalsIgnoreCase(ScramSha256.PLUS_NAME)) {
            return first.map(response -> ScramSha256.ClientFirst.parse(utf8(response)))
                .doOnNext(Sasl::expectBound)
                .flatMap(response -> scram(client, response, endPoint.get(), ask));
        }
        if (tokens.settings.isPresent() && BearerTokens.NAMES.stream().anyMatch(mechanism::equalsIgnoreCase)) {
            return first.flatMap(response -> withToken(client, tokens.settings.get(), response, ask));
        }
        Optional<SharedSecrets> secrets = logIn.secrets();
        boolean isCramMd5 = mechanism.equalsIgnoreCase(CramMd5.NAME);
        if (secrets.isPresent() && (isCramMd5 || mechanism.equalsIgnoreCase(DigestMd5.NAME))) {
            if (initialResponse.filter(response -> response.length > 0).isPresent()) {
                return Mono.error(new ProtocolException(Failure.SYNTAX, "in this mechanism the server speaks first"));
            }
            return isCramMd5 ? cramMd5(client, secrets.get(), ask) : digestMd5(client, secrets.get(), ask);
        }
        return Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "unknown SASL mechanism"));
    }

    /**
     * What a client has sent in base64, along with the mechanism's name or to a challenge: {@code =} is a response of no octets (RFC 4959
     * section 3), {@code *} cancels (RFC 4954 section 4); fails with {@link Failure#SYNTAX} then, and at what is not base64.
     */
    public static byte[] response(String text) {
        if (text.equals("*")) {
            throw new ProtocolException(Failure.SYNTAX, "the authentication exchange was cancelled");
        }
        try {
            return text.equals("=") ? EMPTY : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "not base64");
        }
    }

    private static Optional<byte[]> endPoint(Client client) {
        return client.tls().flatMap(TlsChannel::serverEndPoint);
    }

    private static void expectUnbound(Client client, ScramSha256.ClientFirst first) {
        if (first.flag().equals(ScramSha256.ClientFirst.BINDING_NOT_SEEN) && endPoint(client).isPresent()) {
            // RFC 5802 section 6: somebody between has taken the offer out of the list.
            throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "this server offers channel binding: use "
                + ScramSha256.PLUS_NAME);
        }
        if (first.flag().startsWith(BINDING_TYPE)) {
            throw malformed();
        }
    }

    private static void expectBound(ScramSha256.ClientFirst first) {
        if (!first.flag().startsWith(BINDING_TYPE)) {
            throw malformed();
        }
        if (!first.flag().equals(BINDING_TYPE + TlsChannel.SERVER_END_POINT)) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "the channel binding type is not " + TlsChannel.SERVER_END_POINT);
        }
    }

    private Mono<MailboxSession> scram(Client client, ScramSha256.ClientFirst first, byte[] channelBinding,
                                       Function<byte[], Mono<byte[]>> ask) {
        Username user = username(first.user());
        // The proof is checked inside the slowed log-in, so that a wrong one costs the same wherever it fails.
        return credentials.find(user).flatMap(verifier -> {
            ScramSha256 exchange = new ScramSha256(first, channelBinding, verifier);
            return ask.apply(exchange.serverFirst().getBytes(StandardCharsets.UTF_8))
                .flatMap(clientFinal -> logIn.proved(client, first.actAs().map(Sasl::username), user,
                        Blocking.run(() -> exchange.check(utf8(clientFinal))))
                    .flatMap(session -> ask.apply(exchange.serverFinal().getBytes(StandardCharsets.UTF_8)).thenReturn(session)));
        });
    }

    private Mono<MailboxSession> withToken(Client client, OidcSASLConfiguration settings, byte[] octets,
                                           Function<byte[], Mono<byte[]>> ask) {
        BearerTokens.Response response = BearerTokens.Response.parse(octets);
        return realm.users.apply(response.user())
            .flatMap(wanted -> logIn.withToken(client, wanted, () -> tokens.checks.owner(settings, response.token())))
            .onErrorResume(Sasl::isRefusal, refused ->
                // RFC 7628 section 3.2.3: the client may say anything to that, or cancel, which is another failure.
                ask.apply(BearerTokens.refusal(settings).getBytes(StandardCharsets.UTF_8))
                    // Over what has no challenges, the failure has to do.
                    .onErrorMap(ProtocolException.class, error -> error.failure() == Failure.NOT_SUPPORTED ? refused : error)
                    .then(Mono.error(refused)));
    }

    private static boolean isRefusal(Throwable error) {
        return error instanceof ProtocolException refusal && refusal.failure() == Failure.AUTHENTICATION_FAILED;
    }

    private Mono<MailboxSession> cramMd5(Client client, SharedSecrets secrets, Function<byte[], Mono<byte[]>> ask) {
        CramMd5 exchange = CramMd5.of(realm.host);
        return ask.apply(exchange.challenge().getBytes(StandardCharsets.UTF_8))
            .map(CramMd5.Response::parse)
            .flatMap(response -> realm.users.apply(response.user())
                .flatMap(user -> secrets.find(user).flatMap(secret -> logIn.withKept(client,
                    new PasswordCredentials(Optional.empty(), user, secret), () -> exchange.check(response, secret)))));
    }

    private Mono<MailboxSession> digestMd5(Client client, SharedSecrets secrets, Function<byte[], Mono<byte[]>> ask) {
        DigestMd5 exchange = new DigestMd5(realm.name);
        return ask.apply(exchange.challenge().getBytes(StandardCharsets.UTF_8))
            .map(DigestMd5.Response::parse)
            .flatMap(response -> realm.users.apply(response.user())
                .flatMap(user -> secrets.find(user).flatMap(secret -> logIn.withKept(client,
                        new PasswordCredentials(response.actAs().map(Sasl::username).filter(other -> !other.equals(user)), user, secret),
                        () -> exchange.check(response, secret))
                    .flatMap(session -> ask.apply(exchange.serverFinal(response, secret).getBytes(StandardCharsets.UTF_8))
                        .thenReturn(session)))));
    }

    /** The user of a name that a client has sent; fails with {@link Failure#SYNTAX} when there cannot be one. */
    public static Username username(String name) {
        try {
            return Username.of(name);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** What a client has sent, as text; fails with {@link Failure#SYNTAX} when it is none. */
    public static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    /** The failure of a response that does not have its mechanism's form. */
    public static ProtocolException malformed() {
        return new ProtocolException(Failure.SYNTAX, "malformed SASL response");
    }
}

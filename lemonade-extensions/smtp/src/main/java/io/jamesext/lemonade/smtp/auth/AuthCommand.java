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


package io.jamesext.lemonade.smtp.auth;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.smtpserver.UsersRepositoryAuthHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.Splitter;
import com.google.inject.Inject;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.PasswordCredentials;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.lemonade.smtp.wire.SmtpConnection;
import reactor.core.publisher.Mono;

/**
 * James's AUTH, RFC 4954, with SCRAM-SHA-256 of RFC 7677. The passwords of PLAIN and LOGIN and the tokens of OAUTHBEARER and XOAUTH2 are
 * checked by James's hooks.
 *
 * <p>The responses are read here for every mechanism. James would keep a response that it cannot read for the next command, breaks down
 * over a token that is asked for, and does the hard work on the event loop.
 */
public final class AuthCommand extends AuthCmdHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(AuthCommand.class);
    private static final String SCRAM = "SCRAM-SHA-256";
    /** The least time between a wrong proof or password and its answer. */
    private static final Duration FAILURE_DELAY = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};
    private static final byte[] USERNAME = "Username:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD = "Password:".getBytes(StandardCharsets.US_ASCII);

    /**
     * RFC 4954 section 6: the user has to log in once by PLAIN, as James keeps nothing that SCRAM could be checked with. It is said of a
     * wrong password and an unknown user too, so that nobody learns whom it is true of.
     */
    private static final Response TRANSITION = new SMTPResponse("432", "4.7.12 A password transition is needed").immutable();

    private final Sasl sasl;
    private final LogIn logIn;

    @Inject
    public AuthCommand(Authentication authentication) {
        ServerSettings settings = new ServerSettings("", true, FAILURE_DELAY, new BaseHierarchicalConfiguration());
        this.sasl = authentication.sasl(settings);
        this.logIn = authentication.logIn(settings);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        if (!session.isAuthAnnounced()) {
            return List.of();
        }
        String others = super.getImplementedEsmtpFeatures(session).stream()
            .filter(line -> line.startsWith("AUTH "))
            .findFirst().orElse("AUTH");
        return List.of(others + (hasScram() ? " " + SCRAM : ""));
    }

    /** James's hooks see no password there: where one is an operator's, it would be gone round. */
    private boolean hasScram() {
        return getHooks().stream().allMatch(UsersRepositoryAuthHook.class::isInstance);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            // RFC 4954 section 4.
            return new SMTPResponse("503", "5.5.1 AUTH does not go into a transaction");
        }
        if (!session.isAuthAnnounced()) {
            return needsTls(session) ? new SMTPResponse("538", "5.7.11 Encryption required: STARTTLS comes first")
                : new SMTPResponse("503", "5.5.1 AUTH is not offered here");
        }
        List<String> arguments = Splitter.on(' ').limit(2).splitToList(Optional.ofNullable(request.getArgument()).orElse("").trim());
        String mechanism = arguments.get(0).toUpperCase(Locale.ROOT);
        if (session.getUsername() != null || !isOffered(session, mechanism)) {
            return super.onCommand(session, request);
        }
        Optional<String> initial = arguments.stream().skip(1).map(String::trim).findFirst();
        SmtpConnection.of(session).answer(Mono.defer(() -> converse(session, mechanism, initial))
            .onErrorResume(e -> Mono.just(refusal(e))));
        return SmtpConnection.ANSWERED;
    }

    private boolean isOffered(SMTPSession session, String mechanism) {
        return switch (mechanism) {
            case SCRAM -> hasScram();
            case AUTH_TYPE_PLAIN, AUTH_TYPE_LOGIN -> session.getConfiguration().isPlainAuthEnabled();
            case AUTH_TYPE_OAUTHBEARER, AUTH_TYPE_XOAUTH2 -> session.supportsOAuth();
            default -> false;
        };
    }

    private Mono<Response> converse(SMTPSession session, String mechanism, Optional<String> initial) {
        Function<byte[], Mono<byte[]>> ask = challenge -> SmtpConnection.of(session)
            .ask(new SMTPResponse("334", Base64.getEncoder().encodeToString(challenge)))
            .publishOn(Blocking.SCHEDULER)
            .map(Sasl::response);
        Optional<byte[]> sent = initial.map(Sasl::response);
        Mono<byte[]> first = sent.map(Mono::just).orElseGet(() -> ask.apply(mechanism.equals(AUTH_TYPE_LOGIN) ? USERNAME : NOTHING));
        return switch (mechanism) {
            case SCRAM -> sasl.converse(SCRAM, client(session), sent, ask).map(user -> loggedIn(session, user.getUser()))
                .onErrorResume(AuthCommand::isRefusal, e -> Mono.just(TRANSITION));
            case AUTH_TYPE_PLAIN -> first.map(PasswordCredentials::plain)
                .flatMap(credentials -> withPassword(session, mechanism, credentials));
            case AUTH_TYPE_LOGIN -> first.flatMap(user -> ask.apply(PASSWORD).map(password -> PasswordCredentials.login(user, password)))
                .flatMap(credentials -> withPassword(session, mechanism, credentials));
            default -> first.publishOn(Blocking.SCHEDULER).map(token -> super.onCommand(session,
                new BaseRequest("AUTH", mechanism + " " + Base64.getEncoder().encodeToString(token))));
        };
    }

    private Mono<Response> withPassword(SMTPSession session, String mechanism, PasswordCredentials credentials) {
        return logIn.checked(client(session), credentials, () -> check(session, mechanism, credentials))
            .map(user -> loggedIn(session, user));
    }

    private void check(SMTPSession session, String mechanism, PasswordCredentials credentials) {
        Response response = doAuthTest(session, credentials.user(), credentials.password(), mechanism);
        switch (response.getRetCode()) {
            case SMTPRetCode.AUTH_OK -> { }
            case SMTPRetCode.AUTH_FAILED -> throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "wrong password");
            default -> throw new HookRefusal(response);
        }
    }

    private static boolean isRefusal(Throwable error) {
        Failure failure = MailboxFailures.of(error).failure();
        return failure == Failure.AUTHENTICATION_FAILED || failure == Failure.NO_PERMISSION;
    }

    /** What a hook has said in the place of yes or no. */
    private static final class HookRefusal extends RuntimeException {
        private final transient Response response;

        HookRefusal(Response response) {
            super(response.getRetCode());
            this.response = response;
        }
    }

    /** James would take AUTH where it announces none, also in the clear. */
    private static boolean needsTls(SMTPSession session) {
        return !session.isTLSStarted() && session.getConfiguration().isAuthAnnounced(address(session).getHostAddress(), true);
    }

    private static Client client(SMTPSession session) {
        return new Client(address(session), session.isTLSStarted());
    }

    private static InetAddress address(SMTPSession session) {
        return session.getRemoteAddress().getAddress();
    }

    private static Response loggedIn(SMTPSession session, Username user) {
        session.setUsername(user);
        session.setRelayingAllowed(true);
        return new SMTPResponse(SMTPRetCode.AUTH_OK, "2.7.0 Authentication successful");
    }

    /** RFC 4954 section 6. */
    private static Response refusal(Throwable error) {
        if (error instanceof HookRefusal refusal) {
            return refusal.response;
        }
        return switch (MailboxFailures.of(error).failure()) {
            case SYNTAX -> new SMTPResponse("501", "5.5.2 Authentication aborted");
            case TOO_BIG -> new SMTPResponse("500", "5.5.6 Authentication exchange line is too long");
            case AUTHENTICATION_FAILED, NO_PERMISSION ->
                new SMTPResponse(SMTPRetCode.AUTH_FAILED, "5.7.8 Authentication credentials invalid");
            default -> {
                LOGGER.error("a log-in failed", error);
                yield new SMTPResponse("454", "4.7.0 Temporary authentication failure");
            }
        };
    }
}

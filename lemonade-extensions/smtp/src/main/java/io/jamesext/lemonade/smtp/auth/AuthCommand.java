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

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.Splitter;
import com.google.inject.Inject;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.lemonade.smtp.wire.SmtpConnection;
import reactor.core.publisher.Mono;

/**
 * James's AUTH, RFC 4954, with SCRAM-SHA-256 of RFC 7677. PLAIN, LOGIN, OAUTHBEARER and XOAUTH2 go to James's hooks as before.
 */
public final class AuthCommand extends AuthCmdHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(AuthCommand.class);
    private static final String SCRAM = "SCRAM-SHA-256";
    /** The least time between a wrong proof and its answer. */
    private static final Duration FAILURE_DELAY = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};
    private static final Response CHALLENGE = new SMTPResponse("334", "").immutable();
    private static final Response ABORTED = new SMTPResponse("501", "5.5.2 Authentication aborted").immutable();

    private final Sasl sasl;

    @Inject
    public AuthCommand(Authentication authentication) {
        this.sasl = authentication.sasl(new ServerSettings("", true, FAILURE_DELAY, new BaseHierarchicalConfiguration()));
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return session.isAuthAnnounced() ? List.of("AUTH " + SCRAM + others(session)) : List.of();
    }

    private String others(SMTPSession session) {
        return super.getImplementedEsmtpFeatures(session).stream()
            .filter(line -> line.startsWith("AUTH "))
            .map(line -> line.substring("AUTH".length()))
            .findFirst().orElse("");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            // RFC 4954 section 4.
            return new SMTPResponse("503", "5.5.1 AUTH does not go into a transaction");
        }
        if (needsTls(session)) {
            return new SMTPResponse("538", "5.7.11 Encryption required: STARTTLS comes first");
        }
        List<String> arguments = Splitter.on(' ').limit(2).splitToList(Optional.ofNullable(request.getArgument()).orElse("").trim());
        if (session.getUsername() != null || !arguments.get(0).equalsIgnoreCase(SCRAM)) {
            return session.getUsername() == null && isClientFirst(session, arguments.get(0))
                ? askFirst(session, arguments)
                : super.onCommand(session, request);
        }
        SmtpConnection connection = SmtpConnection.of(session);
        Optional<String> initial = arguments.stream().skip(1).findFirst();
        connection.answer(Mono.defer(() -> sasl.converse(SCRAM, client(session), initial.map(AuthCommand::initialResponse),
                challenge -> connection.ask(new SMTPResponse("334", Base64.getEncoder().encodeToString(challenge)))
                    .publishOn(Blocking.SCHEDULER)
                    .map(AuthCommand::response)))
            .map(user -> loggedIn(session, user))
            .onErrorResume(e -> Mono.just(refusal(e))));
        return SmtpConnection.ANSWERED;
    }

    private static boolean isClientFirst(SMTPSession session, String mechanism) {
        return switch (mechanism.toUpperCase(Locale.ROOT)) {
            case AUTH_TYPE_PLAIN -> session.getConfiguration().isPlainAuthEnabled();
            case AUTH_TYPE_OAUTHBEARER, AUTH_TYPE_XOAUTH2 -> session.supportsOAuth();
            default -> false;
        };
    }

    /**
     * Gives James the client's response with the command. Without, James would send words that are no base64 and would stay with a response
     * that it cannot read, and breaks down over a token. RFC 4954 section 4 has an empty challenge for that. The work is hard, or asks
     * other servers, so it is not done on the event loop.
     */
    private Response askFirst(SMTPSession session, List<String> arguments) {
        SmtpConnection connection = SmtpConnection.of(session);
        connection.answer((arguments.size() > 1 ? Mono.just(arguments.get(1).trim()) : connection.ask(CHALLENGE))
            .publishOn(Blocking.SCHEDULER)
            .map(response -> response.equals("*")
                ? ABORTED
                : super.onCommand(session, new BaseRequest("AUTH", arguments.get(0) + " " + response)))
            .onErrorResume(e -> Mono.just(refusal(e))));
        return SmtpConnection.ANSWERED;
    }

    /** James announces no AUTH then, but would take it. */
    private static boolean needsTls(SMTPSession session) {
        return !session.isTLSStarted() && !session.isAuthAnnounced()
            && session.getConfiguration().isAuthAnnounced(address(session).getHostAddress(), true);
    }

    private static Client client(SMTPSession session) {
        return new Client(address(session), session.isTLSStarted());
    }

    private static InetAddress address(SMTPSession session) {
        return session.getRemoteAddress().getAddress();
    }

    /** RFC 4954 section 4: "=" is an initial response of no octets. */
    private static byte[] initialResponse(String text) {
        return text.equals("=") ? NOTHING : response(text);
    }

    private static byte[] response(String text) {
        if (text.equals("*")) {
            throw new ProtocolException(Failure.SYNTAX, "the client has cancelled");
        }
        try {
            return Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "not base64");
        }
    }

    private static Response loggedIn(SMTPSession session, MailboxSession user) {
        session.setUsername(user.getUser());
        session.setRelayingAllowed(true);
        return new SMTPResponse("235", "2.7.0 Authentication successful");
    }

    /** RFC 4954 section 6. */
    private static Response refusal(Throwable error) {
        return switch (MailboxFailures.of(error).failure()) {
            case SYNTAX -> ABORTED;
            case AUTHENTICATION_FAILED, NO_PERMISSION -> new SMTPResponse("535", "5.7.8 Authentication credentials invalid");
            default -> {
                LOGGER.error("a log-in failed", error);
                yield new SMTPResponse("454", "4.7.0 Temporary authentication failure");
            }
        };
    }
}

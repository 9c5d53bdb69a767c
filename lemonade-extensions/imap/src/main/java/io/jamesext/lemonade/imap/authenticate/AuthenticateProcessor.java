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


package io.jamesext.lemonade.imap.authenticate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.lemonade.imap.frame.FramedSession;
import reactor.core.publisher.Mono;

/**
 * AUTHENTICATE, RFC 3501 section 6.2.2, with the initial response of RFC 4959.
 *
 * <p>OAUTHBEARER and XOAUTH2 work where the listener is configured for them.
 *
 * <p>SCRAM-SHA-256 is taken but not advertised: the kernel can check it for users only who have logged in once with a clear password,
 * and a client that prefers it would lock the others out.
 */
public final class AuthenticateProcessor extends AbstractMailboxProcessor<AuthenticateRequest> implements CapabilityImplementingProcessor {
    private final Entrance entrance;
    private final Sasl sasl;

    /** With the kernel's mechanisms, which James's settings for clear passwords have been asked before. */
    public AuthenticateProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, Entrance entrance,
                                 Sasl sasl) {
        super(AuthenticateRequest.class, mailboxes, responses, metrics);
        this.entrance = entrance;
        this.sasl = sasl;
    }

    @Override
    public List<Class<? extends AuthenticateRequest>> acceptableClasses() {
        return List.of(AuthenticateRequest.class, IRAuthenticateRequest.class);
    }

    @Override
    protected Mono<Void> processRequestReactive(AuthenticateRequest request, ImapSession session, Responder responder) {
        return entrance.answer(request, session, responder, Mono.defer(() -> converse(request, session, challenge -> Mono.defer(() -> {
            responder.respond(Challenge.of(challenge));
            responder.flush();
            return FramedSession.of(session).nextLine().map(Sasl::response);
        }))));
    }

    private Mono<MailboxSession> converse(AuthenticateRequest request, ImapSession session, Function<byte[], Mono<byte[]>> ask) {
        Optional<byte[]> initial = request instanceof IRAuthenticateRequest withInitial
            ? Optional.of(Sasl.response(withInitial.getInitialClientResponse()))
            : Optional.empty();
        if (session.isAuthenticatingNonEncryptedWhenRequiredSSL()) {
            // Tokens are as good as passwords to who reads them, and what follows a SCRAM would be read as well.
            return Mono.error(new ProtocolException(Failure.ENCRYPTION_REQUIRED, "no TLS"));
        }
        return switch (request.getAuthType().toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> Passwords.refusal(session)
                .orElseGet(() -> sasl.converse("PLAIN", Entrance.client(session), initial, ask));
            default -> sasl.withTokens(session.oidcSaslConfiguration())
                .converse(request.getAuthType(), Entrance.client(session), initial, ask);
        };
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        List<Capability> capabilities = new ArrayList<>(List.of(Capability.of("SASL-IR")));
        if (session.getState() == ImapSessionState.NON_AUTHENTICATED) {
            if (!session.isPlainAuthDisallowed()) {
                capabilities.add(Capability.of("AUTH=PLAIN"));
            }
            if (session.supportsOAuth() && !session.isAuthenticatingNonEncryptedWhenRequiredSSL()) {
                capabilities.add(Capability.of("AUTH=OAUTHBEARER"));
                capabilities.add(Capability.of("AUTH=XOAUTH2"));
            }
        }
        return capabilities;
    }

    @Override
    protected MDCBuilder mdc(AuthenticateRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "AUTHENTICATE");
    }
}

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

import java.util.List;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.auth.LogIn;
import reactor.core.publisher.Mono;

/** LOGIN, RFC 3501 section 6.2.3: {@code login = "LOGIN" SP userid SP password}. */
public final class LoginProcessor extends AbstractMailboxProcessor<LoginRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> DISABLED = List.of(Capability.of("LOGINDISABLED"));

    private final Entrance entrance;
    private final LogIn logIn;

    /** By a log-in that James's settings for clear passwords have been asked before. */
    public LoginProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, Entrance entrance,
                          LogIn logIn) {
        super(LoginRequest.class, mailboxes, responses, metrics);
        this.entrance = entrance;
        this.logIn = logIn;
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        entrance.configure(configuration);
    }

    @Override
    protected Mono<Void> processRequestReactive(LoginRequest request, ImapSession session, Responder responder) {
        return entrance.answer(request, session, responder, Passwords.refusal(session)
            .orElseGet(() -> logIn.withPassword(Entrance.client(session), request.getUserid(), request.getPassword())));
    }

    /** RFC 3501 section 6.2.3: a client must not send LOGIN where this is advertised. */
    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.getState() == ImapSessionState.NON_AUTHENTICATED && session.isPlainAuthDisallowed() ? DISABLED : List.of();
    }

    @Override
    protected MDCBuilder mdc(LoginRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "LOGIN");
    }
}

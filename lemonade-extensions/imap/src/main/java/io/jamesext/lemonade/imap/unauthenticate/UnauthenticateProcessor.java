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


package io.jamesext.lemonade.imap.unauthenticate;

import java.util.List;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.frame.FramedSession;
import reactor.core.publisher.Mono;

/**
 * UNAUTHENTICATE, RFC 8437: forgets the user and all else that the connection is but its TLS. It never answers NO, for the client may
 * have sent its next log-in already.
 */
public final class UnauthenticateProcessor extends AbstractMailboxProcessor<UnauthenticateRequest>
        implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnauthenticateProcessor.class);
    private static final Capability CAPABILITY = Capability.of("UNAUTHENTICATE");

    /** Section 8: there must be a way to disable it, for a proxy may count on its absence. */
    private volatile boolean enabled = true;

    /** With James's texts. */
    public UnauthenticateProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(UnauthenticateRequest.class, mailboxes, responses, metrics);
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        enabled = !configuration.getDisabledCaps().contains(CAPABILITY);
    }

    @Override
    protected Mono<Void> processRequestReactive(UnauthenticateRequest request, ImapSession session, Responder responder) {
        if (!enabled) {
            taggedBad(request, responder, HumanReadableText.UNKNOWN_COMMAND);
            return Mono.empty();
        }
        if (session.getState() == ImapSessionState.NON_AUTHENTICATED) {
            taggedBad(request, responder, HumanReadableText.INVALID_COMMAND);
            return Mono.empty();
        }
        return FramedSession.of(session).unauthenticate(() -> {
            okComplete(request, responder);
            responder.flush();
        }).onErrorResume(error -> {
            LOGGER.error("The session could not be reset", error);
            bye(responder);
            responder.flush();
            return session.logout();
        });
    }

    /** Section 3 lets it be told only those who can use it. */
    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.getState() == ImapSessionState.NON_AUTHENTICATED ? List.of() : List.of(CAPABILITY);
    }

    @Override
    protected MDCBuilder mdc(UnauthenticateRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "UNAUTHENTICATE");
    }
}

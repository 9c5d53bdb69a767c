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

package io.jamesext.lemonade.imap.capability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CapabilityRequest;
import org.apache.james.imap.message.response.CapabilityResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MessageCapabilities;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/** Runs CAPABILITY: what the commands of the listener can do, but for what its operator has disabled. RFC 3501 section 6.1.1. */
public final class CapabilityProcessor extends AbstractMailboxProcessor<CapabilityRequest> {
    /** Those of more than one command, or of none. */
    private static final List<Capability> COMMON = List.of(ImapConstants.SUPPORTS_LITERAL_PLUS, ImapConstants.SUPPORTS_RFC3348,
        ImapConstants.SUPPORTS_I18NLEVEL_1, ImapConstants.SUPPORTS_SAVEDATE);

    private final List<CapabilityImplementingProcessor> implementing = new ArrayList<>();
    private volatile Set<Capability> disabled = Set.of();

    /** On James's services. */
    public CapabilityProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(CapabilityRequest.class, mailboxes, responses, metrics);
    }

    /** Advertises what that processor can do. */
    public void add(CapabilityImplementingProcessor processor) {
        implementing.add(processor);
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        disabled = Set.copyOf(configuration.getDisabledCaps());
    }

    /** What the session may use now: that changes with TLS, log-in and compression. */
    public Set<Capability> of(ImapSession session) {
        Set<Capability> capabilities = new HashSet<>(COMMON);
        // RFC 8474: without identifiers of messages James has no EMAILID.
        if (getMailboxManager().getSupportedMessageCapabilities().contains(MessageCapabilities.UniqueID)) {
            capabilities.add(ImapConstants.SUPPORTS_OBJECTID);
        }
        implementing.forEach(processor -> capabilities.addAll(processor.getImplementedCapabilities(session)));
        capabilities.removeAll(disabled);
        return capabilities;
    }

    @Override
    protected Mono<Void> processRequestReactive(CapabilityRequest request, ImapSession session, Responder responder) {
        responder.respond(new CapabilityResponse(of(session)));
        return Unsolicited.tell(session, responder, Unsolicited.During.OTHER)
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    @Override
    protected MDCBuilder mdc(CapabilityRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "CAPABILITY");
    }
}

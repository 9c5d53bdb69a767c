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

package io.jamesext.lemonade.imap.enable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.EnableRequest;
import org.apache.james.imap.message.response.EnableResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor.EnableException;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import com.google.common.collect.ImmutableSet;

import io.jamesext.lemonade.imap.capability.CapabilityProcessor;
import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs ENABLE, RFC 5161, with the extensions of its own listener. James keeps those of all listeners in one list, and lets them answer at
 * once: a client would hear HIGHESTMODSEQ twice.
 */
public final class ListenerEnableProcessor extends AbstractMailboxProcessor<EnableRequest> implements CapabilityImplementingProcessor {
    private final CapabilityProcessor supported;
    private final List<PermitEnableCapabilityProcessor> extensions = new ArrayList<>();

    public ListenerEnableProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics,
                                   CapabilityProcessor supported) {
        super(EnableRequest.class, mailboxes, responses, metrics);
        this.supported = supported;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_ENABLE);
    }

    /** Lets a client enable what that processor can do. */
    public void addProcessor(PermitEnableCapabilityProcessor extension) {
        extensions.add(extension);
    }

    @Override
    protected Mono<Void> processRequestReactive(EnableRequest request, ImapSession session, Responder responder) {
        return enable(request, responder, session, request.getCapabilities())
            // RFC 5161 section 3.2: also when nothing was enabled.
            .doOnNext(enabled -> responder.respond(new EnableResponse(enabled)))
            .then(Unsolicited.tell(session, responder, Unsolicited.During.OTHER))
            .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder)))
            .onErrorResume(EnableException.class, e -> Mono.fromRunnable(() -> taggedBad(request, responder, HumanReadableText.FAILED)));
    }

    /** RFC 5161 section 3.1: what is not known, or cannot be enabled, is left out without a word. */
    private Mono<Set<Capability>> enable(ImapRequest request, Responder responder, ImapSession session, List<Capability> capabilities) {
        return Flux.fromIterable(capabilities)
            .distinct()
            .filter(supported.of(session)::contains)
            .concatMap(capability -> Flux.fromIterable(extensions)
                .filter(extension -> extension.getPermitEnableCapabilities(session).contains(capability))
                .next()
                .flatMap(extension -> extension.enable(request, responder, session, capability).thenReturn(capability)))
            .collect(ImmutableSet.<Capability>toImmutableSet())
            .<Set<Capability>>map(enabled -> enabled)
            .doOnNext(enabled -> EnableProcessor.getEnabledCapabilities(session).addAll(enabled));
    }

    @Override
    protected MDCBuilder mdc(EnableRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "ENABLE");
    }
}

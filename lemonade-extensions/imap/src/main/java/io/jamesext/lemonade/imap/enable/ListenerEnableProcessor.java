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
import io.jamesext.lemonade.imap.utf8.Utf8Accept;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs ENABLE, RFC 5161, with the extensions of its own listener. James keeps those of all listeners in one list, and lets them answer at
 * once: a client would hear HIGHESTMODSEQ twice. UTF8=ACCEPT is its own.
 */
public final class ListenerEnableProcessor extends AbstractMailboxProcessor<EnableRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(ImapConstants.SUPPORTS_ENABLE, Utf8Accept.CAPABILITY);

    private final CapabilityProcessor supported;
    private final List<PermitEnableCapabilityProcessor> extensions = new ArrayList<>();

    public ListenerEnableProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics,
                                   CapabilityProcessor supported) {
        super(EnableRequest.class, mailboxes, responses, metrics);
        this.supported = supported;
    }

    /** Lets a client enable what that processor can do. */
    public void addProcessor(PermitEnableCapabilityProcessor extension) {
        extensions.add(extension);
    }

    /** UTF8=ACCEPT is no command's: strings of all of them change. */
    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
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
        List<Capability> known = capabilities.stream().distinct().filter(supported.of(session)::contains).toList();
        if (session.getSelected() != null && known.contains(Utf8Accept.CAPABILITY)) {
            // RFC 6855 section 3: only in the authenticated state; a mailbox would change its looks while it is open.
            return Mono.error(new EnableException("UTF8=ACCEPT with a mailbox selected", null));
        }
        return Flux.fromIterable(known)
            .concatMap(capability -> capability.equals(Utf8Accept.CAPABILITY) ? Mono.just(capability)
                : enable(capability, request, responder, session))
            .collect(ImmutableSet.<Capability>toImmutableSet())
            .<Set<Capability>>map(enabled -> enabled)
            .doOnNext(enabled -> EnableProcessor.getEnabledCapabilities(session).addAll(enabled));
    }

    private Mono<Capability> enable(Capability capability, ImapRequest request, Responder responder, ImapSession session) {
        return Flux.fromIterable(extensions)
            .filter(extension -> extension.getPermitEnableCapabilities(session).contains(capability))
            .next()
            .flatMap(extension -> extension.enable(request, responder, session, capability).thenReturn(capability));
    }

    @Override
    protected MDCBuilder mdc(EnableRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "ENABLE");
    }
}

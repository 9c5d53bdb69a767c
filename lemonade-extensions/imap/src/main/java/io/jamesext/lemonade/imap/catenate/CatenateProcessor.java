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

package io.jamesext.lemonade.imap.catenate;

import java.util.List;

import io.jamesext.lemonade.imap.status.StatusLine;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import reactor.core.publisher.Mono;

/**
 * Runs APPEND with CATENATE: finds the message, then appends it as James appends any, with its APPENDUID, TRYCREATE and OVERQUOTA. RFC
 * 4469.
 */
public final class CatenateProcessor extends AbstractMailboxProcessor<CatenateRequest> implements CapabilityImplementingProcessor {
    /** RFC 4469 section 2. */
    public static final Capability CATENATE = Capability.of("CATENATE");
    // James counts the octets of a message in an int; RFC 4469 section 4.2 would allow four gigabytes.
    private static final long MAX_MESSAGE_BYTES = Integer.MAX_VALUE;

    private final AppendProcessor append;
    private final Catenation catenation;
    private long maxBytes = MAX_MESSAGE_BYTES;

    public CatenateProcessor(MailboxManager mailboxManager, StatusResponseFactory statusResponseFactory, MetricFactory metricFactory,
                             AppendProcessor append, Catenation catenation) {
        super(CatenateRequest.class, mailboxManager, statusResponseFactory, metricFactory);
        this.append = append;
        this.catenation = catenation;
    }

    @Override
    public void configure(ImapConfiguration imapConfiguration) {
        super.configure(imapConfiguration);
        maxBytes = imapConfiguration.getAppendLimit().map(Long::valueOf).orElse(MAX_MESSAGE_BYTES);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(CATENATE);
    }

    @Override
    protected Mono<Void> processRequestReactive(CatenateRequest request, ImapSession session, Responder responder) {
        CatenateRequest.Target target = request.target();
        return catenation.assemble(request.parts(), session.getMailboxSession(), maxBytes)
            .map(message -> new AppendRequest(target.mailboxName(), target.flags(), target.internalDate(), message, request.getTag()))
            .flatMap(plain -> append.processReactive(plain, responder, session))
            .onErrorResume(CatenateException.class, e -> Mono.fromRunnable(() -> responder.respond(
                new StatusLine(request.getTag(), StatusResponse.Type.NO, e.code(), request.getCommand(), e.text()))));
    }

    @Override
    protected MDCBuilder mdc(CatenateRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "CATENATE")
            .addToContext("mailbox", request.target().mailboxName());
    }
}

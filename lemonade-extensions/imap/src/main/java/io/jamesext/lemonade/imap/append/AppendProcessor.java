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

package io.jamesext.lemonade.imap.append;

import java.util.List;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** Runs APPEND. RFC 3501 section 6.3.11, RFC 3502, RFC 4469; the answer has the APPENDUID of RFC 4315. */
public final class AppendProcessor extends AbstractMailboxProcessor<AppendRequest> implements CapabilityImplementingProcessor {
    private static final Capability MULTIAPPEND = Capability.of("MULTIAPPEND");
    private static final Capability CATENATE = Capability.of("CATENATE");

    private final Appending appending;
    private AppendLimits limits = AppendLimits.NONE;

    public AppendProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics, Appending appending) {
        super(AppendRequest.class, mailboxManager, responses, metrics);
        this.appending = appending;
    }

    @Override
    public void configure(ImapConfiguration imapConfiguration) {
        super.configure(imapConfiguration);
        limits = AppendLimits.of(imapConfiguration);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(MULTIAPPEND, CATENATE, limits.capability());
    }

    @Override
    protected Mono<Void> processRequestReactive(AppendRequest request, ImapSession session, Responder responder) {
        return appending.append(request.mailboxName(), request.messages(), session, limits)
            .flatMap(appended -> Unsolicited.tell(session, responder, Unsolicited.During.OTHER)
                .then(Mono.<Void>fromCallable(() -> {
                    responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.OK, appended.code(), request.getCommand(),
                        "completed."));
                    return null;
                })))
            .onErrorResume(AppendException.class, e -> Mono.fromRunnable(() ->
                responder.respond(e.answer(request.getTag(), request.getCommand()))));
    }

    @Override
    protected MDCBuilder mdc(AppendRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "APPEND")
            .addToContext("mailbox", request.mailboxName());
    }
}

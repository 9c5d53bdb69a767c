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

package io.jamesext.lemonade.imap.sort;

import java.util.List;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.context.Call;
import io.jamesext.lemonade.imap.context.Searching;
import io.jamesext.lemonade.imap.context.SortedOrder;
import io.jamesext.lemonade.imap.select.ReadableMailbox;
import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/** Runs SORT and UID SORT. RFC 5256, SORT; RFC 5957; RFC 5267 section 3. */
public final class SortProcessor extends AbstractMailboxProcessor<SortRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("SORT"), Capability.of("SORT=DISPLAY"),
        Capability.of("ESORT"), Capability.of("CONTEXT=SORT"));

    private final Searching searching;
    private final MessageOrder messages;

    public SortProcessor(MailboxManager mailboxManager, StatusResponseFactory statusResponseFactory, MetricFactory metricFactory,
                         Searching searching, MessageOrder messages) {
        super(SortRequest.class, mailboxManager, statusResponseFactory, metricFactory);
        this.searching = searching;
        this.messages = messages;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(SortRequest request, ImapSession session, Responder responder) {
        Call call = new Call(request.getTag(), request.program(), request.options(), request.uids(),
            new SortedOrder(request.order(), messages));
        return ReadableMailbox.of(session, getMailboxManager())
            .map(mailbox -> new Searching.Client(session, mailbox, responder))
            .flatMap(client -> searching.answer(call, client, SortResponse::new)
                // RFC 5256: no EXPUNGE while SORT is in progress, but while UID SORT is.
                .then(Unsolicited.tell(session, responder, Unsolicited.During.reading(request.uids())))
                .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder))))
            .onErrorResume(failure -> Searching.refuse(request, request.options(), session, responder, failure));
    }

    @Override
    protected MDCBuilder mdc(SortRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "SORT")
            .addToContext("useUid", Boolean.toString(request.uids()));
    }
}

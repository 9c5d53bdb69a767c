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
package io.jamesext.lemonade.imap.search;

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
import io.jamesext.lemonade.imap.context.MailboxOrder;
import io.jamesext.lemonade.imap.context.Searching;
import io.jamesext.lemonade.imap.select.ReadableMailbox;
import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/** Runs SEARCH and UID SEARCH. RFC 3501 section 6.4.4. */
public final class SearchProcessor extends AbstractMailboxProcessor<SearchRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("ESEARCH"), Capability.of("SEARCHRES"),
        Capability.of("WITHIN"), Capability.of("CONTEXT=SEARCH"), Capability.of("PARTIAL"));

    private final Searching searching;

    public SearchProcessor(MailboxManager mailboxManager, StatusResponseFactory statusResponseFactory, MetricFactory metricFactory,
                           Searching searching) {
        super(SearchRequest.class, mailboxManager, statusResponseFactory, metricFactory);
        this.searching = searching;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(SearchRequest request, ImapSession session, Responder responder) {
        Call call = new Call(request.getTag(), request.program(), request.options(), request.uids(), new MailboxOrder());
        return ReadableMailbox.of(session, getMailboxManager())
            .map(mailbox -> new Searching.Client(session, mailbox, responder))
            .flatMap(client -> searching.answer(call, client, SearchResponse.Plain::new)
                // RFC 3501 section 7.4.1: no EXPUNGE while SEARCH is in progress, but while UID SEARCH is.
                .then(Unsolicited.tell(session, responder, Unsolicited.During.reading(request.uids())))
                .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder))))
            .onErrorResume(failure -> Searching.refuse(request, request.options(), session, responder, failure));
    }

    @Override
    protected MDCBuilder mdc(SearchRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "SEARCH")
            .addToContext("useUid", Boolean.toString(request.uids()));
    }
}

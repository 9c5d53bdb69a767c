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

package io.jamesext.lemonade.imap.thread;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.search.MailboxSearch;
import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.lemonade.imap.search.SearchFailures;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.View;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.ReadableMailbox;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.sort.MessageOrder;
import io.jamesext.lemonade.imap.sort.MessageRow;
import reactor.core.publisher.Mono;

/** Runs THREAD and UID THREAD. RFC 5256, THREAD. */
public final class ThreadProcessor extends AbstractMailboxProcessor<ThreadRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = Stream.of(Algorithm.values())
        .map(algorithm -> Capability.of("THREAD=" + algorithm))
        .toList();

    private final MailboxSearch search;
    private final MessageOrder messages;

    public ThreadProcessor(MailboxManager mailboxManager, StatusResponseFactory statusResponseFactory, MetricFactory metricFactory,
                           MailboxSearch search, MessageOrder messages) {
        super(ThreadRequest.class, mailboxManager, statusResponseFactory, metricFactory);
        this.search = search;
        this.messages = messages;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(ThreadRequest request, ImapSession session, Responder responder) {
        return ReadableMailbox.of(session, getMailboxManager())
            .map(mailbox -> new MailboxSource(mailbox, session.getMailboxSession()))
            // RFC 7162 section 3.1.9: the answer to MODSEQ is as ever, but it is a CONDSTORE enabling command.
            .flatMap(mailbox -> search.expanded(request.program(), mailbox)
                .flatMap(program -> (usesModSeq(program) ? Condstore.enable(session, responder) : Mono.<Void>empty())
                    .then(search.search(program, View.of(session), mailbox)))
                .flatMap(uids -> messages.rows(uids, mailbox))
                .doOnNext(rows -> responder.respond(response(request, session, rows))))
            // RFC 5256: no EXPUNGE while THREAD is in progress, but while UID THREAD is.
            .then(Unsolicited.tell(session, responder, Unsolicited.During.reading(request.uids())))
            .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder)))
            .onErrorResume(failure -> SearchFailures.refuse(request, responder, failure));
    }

    private static boolean usesModSeq(SearchKey program) {
        return program.has(SearchKey.ModSeq.class::isInstance);
    }

    private static ThreadResponse response(ThreadRequest request, ImapSession session, List<MessageRow> rows) {
        View view = View.of(session);
        List<MessageRow> known = rows.stream().filter(row -> view.number(row.uid()).isPresent()).toList();
        ToLongFunction<MessageRow> number = row -> request.uids() ? row.uid() : view.number(row.uid()).orElseThrow();
        return new ThreadResponse(ThreadText.of(request.algorithm().threads(known), number));
    }

    @Override
    protected MDCBuilder mdc(ThreadRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "THREAD")
            .addToContext("useUid", Boolean.toString(request.uids()));
    }
}

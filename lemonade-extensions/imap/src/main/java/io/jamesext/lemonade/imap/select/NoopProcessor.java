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

package io.jamesext.lemonade.imap.select;

import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CheckRequest;
import org.apache.james.imap.message.request.NoopRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import reactor.core.publisher.Mono;

/** Runs NOOP, and CHECK, which is the same where every command's work is safe when it ends. RFC 3501 sections 6.1.2 and 6.4.1. */
public final class NoopProcessor<R extends ImapRequest> extends AbstractMailboxProcessor<R> {
    private NoopProcessor(Class<R> request, MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(request, mailboxes, responses, metrics);
    }

    /** The processor of NOOP. */
    public static NoopProcessor<NoopRequest> noop(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        return new NoopProcessor<>(NoopRequest.class, mailboxes, responses, metrics);
    }

    /** The processor of CHECK. */
    public static NoopProcessor<CheckRequest> check(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        return new NoopProcessor<>(CheckRequest.class, mailboxes, responses, metrics);
    }

    @Override
    protected Mono<Void> processRequestReactive(R request, ImapSession session, Responder responder) {
        return Unsolicited.tell(session, responder, Unsolicited.During.OTHER)
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    @Override
    protected MDCBuilder mdc(R request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, request.getCommand().getName());
    }
}

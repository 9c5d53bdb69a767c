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
package io.jamesext.lemonade.imap.convert;

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.fetch.AnswerBuffer;
import io.jamesext.lemonade.imap.fetch.FetchLine;
import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/** Runs CONVERSIONS. RFC 5259 sections 5.1 and 5.2. */
public final class ConversionsProcessor extends AbstractMailboxProcessor<ConversionsRequest> {
    private final Conversions conversions;

    /** On James's services, with the table of a listener. */
    public ConversionsProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics,
                                PartConversions parts) {
        super(ConversionsRequest.class, mailboxManager, responses, metrics);
        this.conversions = parts.table();
    }

    @Override
    protected Mono<Void> processRequestReactive(ConversionsRequest request, ImapSession session, Responder responder) {
        return Mono.<Void>fromRunnable(() -> conversions.matching(request.from(), request.to())
                .forEach(conversion -> responder.respond(line(conversion))))
            .then(Unsolicited.tell(session, responder, Unsolicited.During.OTHER))
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private static FetchLine line(Conversions.Conversion conversion) {
        AnswerBuffer line = new AnswerBuffer(false).value("*").value("CONVERSION").string(conversion.from()).string(conversion.to()).open();
        conversion.parameters().forEach(line::string);
        return new FetchLine(line.close().take(), true);
    }

    @Override
    protected MDCBuilder mdc(ConversionsRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "CONVERSIONS");
    }
}

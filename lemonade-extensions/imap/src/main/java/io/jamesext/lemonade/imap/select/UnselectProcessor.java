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

import java.util.List;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.UnselectRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import reactor.core.publisher.Mono;

/** Runs UNSELECT: leaves the mailbox and expunges nothing. RFC 3691 section 2. */
public final class UnselectProcessor extends AbstractMailboxProcessor<UnselectRequest> implements CapabilityImplementingProcessor {
    public UnselectProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(UnselectRequest.class, mailboxes, responses, metrics);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_UNSELECT);
    }

    @Override
    protected Mono<Void> processRequestReactive(UnselectRequest request, ImapSession session, Responder responder) {
        if (session.getSelected() == null) {
            // RFC 3691 section 2: BAD when no mailbox is selected.
            taggedBad(request, responder, HumanReadableText.UNSELECT);
            return Mono.empty();
        }
        return session.deselect().then(Mono.fromRunnable(() -> {
            ReadOnly.set(session, false);
            okComplete(request, responder);
        }));
    }

    @Override
    protected MDCBuilder mdc(UnselectRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "UNSELECT");
    }
}

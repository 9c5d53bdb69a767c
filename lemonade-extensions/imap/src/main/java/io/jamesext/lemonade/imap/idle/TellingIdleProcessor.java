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

package io.jamesext.lemonade.imap.idle;

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

import reactor.core.publisher.Mono;

/**
 * James's IDLE, which looks for changed flags before the selected mailbox has taken note of the event that says so, then forgets them:
 * the client never hears of a flag that another one sets while it idles. Here it looks when its turn comes. RFC 2177 section 3.
 */
public final class TellingIdleProcessor extends IdleProcessor {
    /** On the same services as James's. */
    public TellingIdleProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(mailboxes, responses, metrics);
    }

    @Override
    public Mono<Void> unsolicitedResponses(ImapSession session, Responder responder, boolean useUids) {
        return Mono.defer(() -> super.unsolicitedResponses(session, responder, useUids));
    }
}

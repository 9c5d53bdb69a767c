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

package io.jamesext.lemonade.imap.urlauth;

import java.util.List;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.UrlServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs GENURLAUTH. RFC 4467 section 7: a URL that cannot be authorised is a BAD, and then none of the command's is told. */
public final class GenUrlAuthProcessor extends AbstractMailboxProcessor<GenUrlAuthRequest> implements CapabilityImplementingProcessor {
    // RFC 5550 section 5.7.1: URL-PARTIAL says that the URLs may end with ";PARTIAL=".
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("URLAUTH"), Capability.of("URL-PARTIAL"));

    private final AuthorizedUrls urls;
    private final UrlServer server;

    public GenUrlAuthProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics, AuthorizedUrls urls,
                               UrlServer server) {
        super(GenUrlAuthRequest.class, mailboxManager, responses, metrics);
        this.urls = urls;
        this.server = server;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(GenUrlAuthRequest request, ImapSession session, Responder responder) {
        return Flux.fromIterable(request.asked())
            .concatMap(asked -> urls.authorize(asked.rump(), asked.mechanism(), server, session.getMailboxSession()))
            .collectList()
            .doOnNext(authorized -> responder.respond(UrlAnswer.generated(authorized)))
            .flatMap(authorized -> Unsolicited.tell(session, responder, Unsolicited.During.OTHER))
            .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder)))
            .onErrorResume(BadUrlException.class, e -> Mono.fromRunnable(() ->
                taggedBad(request, responder, HumanReadableText.ILLEGAL_ARGUMENTS)));
    }

    @Override
    protected MDCBuilder mdc(GenUrlAuthRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "GENURLAUTH");
    }
}

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

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs URLFETCH. RFC 4467 section 7: each URL that leads to nothing, for whatever reason, is answered by NIL, and the command by OK.
 * RFC 5524 tells more of a URL.
 *
 * <p>One response for each URL, whose octets go out piece by piece as the client takes them.
 */
public final class UrlFetchProcessor extends AbstractMailboxProcessor<UrlFetchRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("URLAUTH=BINARY"));

    private final AuthorizedUrls urls;
    private final UrlServer server;

    public UrlFetchProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics, AuthorizedUrls urls,
                             UrlServer server) {
        super(UrlFetchRequest.class, mailboxManager, responses, metrics);
        this.urls = urls;
        this.server = server;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(UrlFetchRequest request, ImapSession session, Responder responder) {
        return Flux.fromIterable(request.asked())
            .concatMap(asked -> answer(asked, session, responder), 0)
            .then(Unsolicited.tell(session, responder, Unsolicited.During.OTHER))
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private Mono<Void> answer(UrlFetchRequest.Asked asked, ImapSession session, Responder responder) {
        return urls.find(asked.url(), server, session.getMailboxSession().getUser())
            .flatMap(part -> Mono.fromCallable(() -> UrlData.of(asked, part, Utf8Accept.isEnabled(session))))
            .map(data -> send(data, responder))
            .onErrorResume(BadUrlException.class, e -> Mono.just(Mono.fromRunnable(() -> responder.respond(UrlAnswer.nil(asked.url())))))
            .flatMap(answer -> answer)
            .then(Pace.written());
    }

    private static Mono<Void> send(UrlData data, Responder responder) {
        return Mono.deferContextual(context -> {
            responder.respond(data.before());
            if (data.octets().isEmpty()) {
                responder.respond(data.after());
                return Mono.empty();
            }
            responder.flush();
            Pace pace = context.get(Pace.class);
            UrlContent content = data.octets().get();
            return Mono.using(content::open, octets -> pace.send(octets, content.sizeBytes()), UrlFetchProcessor::close)
                .then(Mono.<Void>fromRunnable(() -> responder.respond(data.after())))
                // A literal that ends too early takes what follows for its octets: then the connection must end.
                .doOnError(e -> pace.abandon());
        });
    }

    private static void close(InputStream octets) {
        try {
            octets.close();
        } catch (IOException e) {
            throw new IllegalStateException("a message that was read could not be closed", e);
        }
    }

    @Override
    protected MDCBuilder mdc(UrlFetchRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "URLFETCH");
    }
}

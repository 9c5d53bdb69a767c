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

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.pace.NulFreeInputStream;
import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs URLFETCH. RFC 4467 section 7: each URL that leads to nothing, for whatever reason, is answered by NIL, and the command by OK.
 *
 * <p>One response for each URL, whose octets go out piece by piece as the client takes them.
 */
public final class UrlFetchProcessor extends AbstractMailboxProcessor<UrlFetchRequest> {
    private static final UrlAnswer END = new UrlAnswer(new byte[] {'\r', '\n'});

    private final AuthorizedUrls urls;
    private final UrlServer server;

    public UrlFetchProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics, AuthorizedUrls urls,
                             UrlServer server) {
        super(UrlFetchRequest.class, mailboxManager, responses, metrics);
        this.urls = urls;
        this.server = server;
    }

    @Override
    protected Mono<Void> processRequestReactive(UrlFetchRequest request, ImapSession session, Responder responder) {
        return Flux.fromIterable(request.urls())
            .concatMap(url -> answer(url, session, responder), 0)
            .then(Unsolicited.tell(session, responder, Unsolicited.During.OTHER))
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private Mono<Void> answer(String url, ImapSession session, Responder responder) {
        return urls.open(url, server, session.getMailboxSession().getUser())
            .map(content -> content(url, content, responder))
            .onErrorResume(BadUrlException.class, e -> Mono.just(Mono.fromRunnable(() -> responder.respond(UrlAnswer.nil(url)))))
            .flatMap(answer -> answer);
    }

    private static Mono<Void> content(String url, UrlContent content, Responder responder) {
        return Mono.deferContextual(context -> {
            Pace pace = context.get(Pace.class);
            responder.respond(UrlAnswer.announcement(url, content.sizeBytes()));
            responder.flush();
            return Mono.using(() -> new NulFreeInputStream(content.open()), octets -> pace.send(octets, content.sizeBytes()),
                    UrlFetchProcessor::close)
                .then(Mono.<Void>fromRunnable(() -> responder.respond(END)))
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

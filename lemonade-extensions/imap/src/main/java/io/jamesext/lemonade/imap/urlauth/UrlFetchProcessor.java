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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Runs URLFETCH. RFC 4467 section 7: each URL that leads to nothing, for whatever reason, is answered by NIL, and the command by OK.
 *
 * <p>One response for each URL, whose octets go out piece by piece as the client takes them.
 */
public final class UrlFetchProcessor extends AbstractMailboxProcessor<UrlFetchRequest> {
    /** Octets that are read and written at once: as many for each client are on the heap. */
    private static final int PIECE_BYTES = 256 << 10;
    /** RFC 3501 section 9: a literal has no NUL. A message that was delivered with one has this octet in its place, as with BODY[]. */
    private static final byte NO_NUL = (byte) 0x80;
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
            .concatMap(url -> answer(url, session), 0)
            .doOnNext(responder::respond)
            .then(Mono.defer(() -> unsolicitedResponses(session, responder, false)))
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private Flux<UrlAnswer> answer(String url, ImapSession session) {
        return urls.open(url, server, session.getMailboxSession().getUser())
            .map(content -> content(url, content))
            .onErrorResume(BadUrlException.class, e -> Mono.just(Flux.just(UrlAnswer.nil(url))))
            .flatMapMany(answers -> answers);
    }

    private static Flux<UrlAnswer> content(String url, UrlContent content) {
        Flux<UrlAnswer> pieces = Flux.<UrlAnswer, InputStream>generate(content::open, (octets, sink) -> piece(octets, sink),
                UrlFetchProcessor::close)
            .subscribeOn(Blocking.SCHEDULER);
        return Flux.concat(Flux.just(UrlAnswer.announcement(url, content.sizeBytes())),
            content.sizeBytes() == 0 ? Flux.empty() : Pace.paced(exactly(content.sizeBytes(), pieces)), Flux.just(END));
    }

    /** A literal that ends too early takes what follows for its octets: then the connection must end. */
    private static Flux<UrlAnswer> exactly(long sizeBytes, Flux<UrlAnswer> pieces) {
        return Flux.deferContextual(context -> {
            long[] left = {sizeBytes};
            return pieces.doOnNext(piece -> left[0] -= piece.octets().length)
                .concatWith(Flux.defer(() -> left[0] == 0 ? Flux.empty() : Flux.error(new EOFException("the message has changed"))))
                .doOnError(e -> context.<Pace>getOrEmpty(Pace.class).ifPresent(Pace::abandon));
        });
    }

    private static InputStream piece(InputStream octets, SynchronousSink<UrlAnswer> sink) {
        try {
            byte[] piece = octets.readNBytes(PIECE_BYTES);
            if (piece.length == 0) {
                sink.complete();
            } else {
                sink.next(new UrlAnswer(withoutNul(piece)));
            }
        } catch (IOException e) {
            sink.error(e);
        }
        return octets;
    }

    private static byte[] withoutNul(byte[] piece) {
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == 0) {
                piece[i] = NO_NUL;
            }
        }
        return piece;
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

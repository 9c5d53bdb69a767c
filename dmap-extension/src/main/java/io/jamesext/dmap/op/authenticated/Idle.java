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
package io.jamesext.dmap.op.authenticated;

import java.util.Locale;
import java.util.Optional;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.ContinuationRequest;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * Tells what happens in the selected mailbox when it happens, until the client sends {@code DONE}. RFC 2177: {@code "IDLE" CRLF "DONE"}.
 */
public final class Idle implements DmapOperation<Idle.Request> {
    private static final Object NEWS = new Object();

    /** It has no arguments. */
    public record Request() {
    }

    @Override
    public String name() {
        return "IDLE";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return new Request();
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Mono<Frame> done = session.connection().ask(new ContinuationRequest("Idling, end with DONE")).doOnNext(Idle::check).cache();
        Mono<DmapReply> ended = done.then(Mono.empty());
        // By an error takeUntilOther does not cancel: what goes on to listen would take the next IDLE's news away.
        return session.state() == DmapState.SELECTED
            ? news(session).takeUntilOther(done.onErrorResume(error -> Mono.empty())).concatWith(ended) : ended;
    }

    /** A client that does not read makes the news wait where they coalesce: in the selected mailbox. */
    private static Flux<DmapReply> news(DmapSession session) {
        return Flux.<Object>create(sink -> listen(sink, session.selected()), FluxSink.OverflowStrategy.LATEST)
            .concatMapIterable(bell -> session.takeNews(true, false), 1);
    }

    private static void listen(FluxSink<Object> sink, SelectedMailbox selected) {
        // An IDLE that is over may come here late, when the next one listens already: each has its own bell.
        sink.onDispose(selected.onNews(() -> sink.next(NEWS)));
        // What happened before it began to idle.
        sink.next(NEWS);
    }

    private static void check(Frame frame) {
        Optional<String> line = frame instanceof Frame.Command command ? command.text().singleLine() : Optional.empty();
        if (!line.map(text -> text.toUpperCase(Locale.US)).equals(Optional.of("DONE"))) {
            throw new ProtocolException(Failure.SYNTAX, "expected DONE");
        }
    }
}

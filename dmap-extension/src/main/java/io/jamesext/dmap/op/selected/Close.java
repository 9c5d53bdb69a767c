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
package io.jamesext.dmap.op.selected;

import java.util.Optional;
import java.util.Set;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes what is \Deleted, silently, and leaves the mailbox; one that is read-only is only left. Draft section 7.6.1:
 * {@code "CLOSE"}.
 */
public final class Close implements DmapOperation<Close.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    private final Expunge expunge;

    /** As this command removes. */
    public Close(Expunge expunge) {
        this.expunge = expunge;
    }

    @Override
    public String name() {
        return "CLOSE";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return SELECTED;
    }

    @Override
    public Request parse(DmapReader arguments) {
        return new Request();
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return expunge(session.selected(), session)
            .then(Mono.defer(session::deselected))
            .then(Mono.empty());
    }

    private Mono<Void> expunge(SelectedMailbox selected, DmapSession session) {
        if (selected.isReadOnly()) {
            return Mono.empty();
        }
        return Flux.from(expunge.run(new Expunge.Request(Optional.empty()), session)).then();
    }
}

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

import java.util.Set;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * FETCH, STORE and SEARCH with UIDs in the place of message numbers. Draft section 7.6.8:
 * {@code "UID" SP (fetch / store / search / copy)}.
 */
public final class Uid implements DmapOperation<Uid.Request> {
    /** The command behind it. */
    public sealed interface Request {
        /** UID FETCH. */
        record OfFetch(Fetch.Request request) implements Request {
        }

        /** UID STORE. */
        record OfStore(Store.Request request) implements Request {
        }

        /** UID SEARCH. */
        record OfSearch(Search.Request request) implements Request {
        }

        private static Request parse(DmapReader arguments) {
            return switch (arguments.expectSpace().expectWord("FETCH, STORE or SEARCH")) {
                case "FETCH" -> new OfFetch(Fetch.Request.parse(arguments, true));
                case "STORE" -> new OfStore(Store.Request.parse(arguments, true));
                case "SEARCH" -> new OfSearch(Search.Request.parse(arguments, true));
                // TODO section 7.6.8: UID COPY comes with COPY, and UID SUBMIT with SUBMIT.
                default -> throw new ProtocolException(Failure.UNKNOWN_COMMAND, "unknown command");
            };
        }
    }

    private final Fetch fetch;
    private final Store store;
    private final Search search;

    /** For these commands. */
    public Uid(Fetch fetch, Store store, Search search) {
        this.fetch = fetch;
        this.store = store;
        this.search = search;
    }

    @Override
    public String name() {
        return "UID";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return SELECTED;
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        if (request instanceof Request.OfFetch command) {
            return fetch.run(command.request(), session);
        }
        if (request instanceof Request.OfStore command) {
            return store.run(command.request(), session);
        }
        return search.run(((Request.OfSearch) request).request(), session);
    }
}

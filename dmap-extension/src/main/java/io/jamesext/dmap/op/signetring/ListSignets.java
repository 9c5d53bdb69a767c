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
package io.jamesext.dmap.op.signetring;

import java.util.Optional;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.Wildcards;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.SignetEntry;
import io.jamesext.dmap.ring.SignetTable;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;

/**
 * Lists the names of the pinned signets in their order. Draft section 7.5, "should allow for wildcards"; PROTOCOL.md section 6.3:
 * {@code "LISTSIGNETS" SP pattern}.
 */
public final class ListSignets implements DmapOperation<ListSignets.Request> {
    /** Which names: {@code *} stands for anything, {@code %} for anything without {@code @}. */
    public record Request(Wildcards pattern) {
        static Request parse(DmapReader arguments) {
            return new Request(new Wildcards(arguments.expectSpace().expectPattern(), '@'));
        }
    }

    private final SignetTable ring;

    /** On the rings. */
    public ListSignets(SignetTable ring) {
        this.ring = ring;
    }

    @Override
    public String name() {
        return "LISTSIGNETS";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return ring.names(session.mailboxSession().getUser())
            .filter(name -> request.pattern().matches(name.toString()))
            .map(name -> new SignetEntry(name.toString(), Optional.empty()));
    }
}

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
import reactor.core.publisher.Mono;

/** Leaves the mailbox and removes nothing. RFC 3691: {@code "UNSELECT"}. */
public final class Unselect implements DmapOperation<Unselect.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    @Override
    public String name() {
        return "UNSELECT";
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
        return session.deselected().then(Mono.empty());
    }
}

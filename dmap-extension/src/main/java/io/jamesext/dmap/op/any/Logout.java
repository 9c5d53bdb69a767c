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
package io.jamesext.dmap.op.any;

import java.util.Optional;
import java.util.Set;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.Condition;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Status;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Mono;

/** Ends the connection. Draft section 7.1.3: {@code "LOGOUT"}. */
public final class Logout implements DmapOperation<Logout.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    @Override
    public String name() {
        return "LOGOUT";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return ANY;
    }

    @Override
    public Request parse(DmapReader arguments) {
        return new Request();
    }

    /** The selected mailbox is left without an expunge (draft section 7.6.1), and nothing is told of it any more. */
    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return session.deselected()
            .then(Mono.fromRunnable(session::loggedOut))
            .thenReturn(new Status(Status.UNTAGGED, Condition.BYE, Optional.empty(), "Until next time"));
    }
}

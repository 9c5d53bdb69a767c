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

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.ring.SignetName;
import io.jamesext.dmap.ring.SignetTable;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/** Takes a signet out of the ring. Draft section 7.5, PROTOCOL.md section 6.3: {@code "DELETESIGNET" SP signet-name}. */
public final class DeleteSignet implements DmapOperation<DeleteSignet.Request> {
    /** Whose. */
    public record Request(SignetName name) {
        static Request parse(DmapReader arguments) {
            return new Request(SignetName.of(arguments.expectSpace().expectAstring("an address")));
        }
    }

    private final SignetTable ring;

    /** On the rings. */
    public DeleteSignet(SignetTable ring) {
        this.ring = ring;
    }

    @Override
    public String name() {
        return "DELETESIGNET";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return ring.remove(session.mailboxSession().getUser(), request.name())
            .flatMap(done -> done ? Mono.empty() : Mono.error(new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such signet")));
    }
}

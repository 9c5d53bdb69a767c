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

import java.util.Set;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.Capabilities;
import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.CapabilityListing;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Mono;

/** Lists what the server can do. Draft section 7.1.1: {@code "CAPABILITY"}. */
public final class Capability implements DmapOperation<Capability.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    private final Capabilities capabilities;

    /** For one configured server. */
    public Capability(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    @Override
    public String name() {
        return "CAPABILITY";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return ANY;
    }

    @Override
    public Request parse(DmapReader arguments) {
        return new Request();
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return Mono.fromCallable(() -> new CapabilityListing(capabilities.of(session)));
    }
}

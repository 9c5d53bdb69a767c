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
package io.jamesext.agap.op.notauthenticated;

import java.util.Set;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import reactor.core.publisher.Flux;

/** Begins compression behind its response. AGAP section 4.8: {@code SGZP}; under compression it does nothing. */
public final class Sgzp implements AgapOperation<NoArguments> {
    @Override
    public String name() {
        return "SGZP";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.NOT_AUTHENTICATED);
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        if (session.compression().isEmpty()) {
            session.compressed();
        }
        return Flux.just(Status.ok("Using GZIP"));
    }
}

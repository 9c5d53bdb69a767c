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
package io.jamesext.agap.op.authenticated;

import java.util.EnumSet;
import java.util.Set;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Tells the UID of what the last STOR stored since the folder was selected. AGAP section 4.40: {@code SUID}. */
public final class Suid implements AgapOperation<NoArguments> {
    @Override
    public String name() {
        return "SUID";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.AUTHENTICATED, State.NOT_SELECTED);
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        if (session.state() == State.NOT_SELECTED) {
            throw new ProtocolException(Failure.SYNTAX, "ERROR SUID is not accepted in this state");
        }
        return session.lastStored().map(ItemUid::format)
            .map(uid -> Flux.<AgapReply>just(Data.of(uid), Status.ok("SUID completed; found " + uid)))
            .orElseGet(() -> Flux.just(Status.ok("There was no successful STOR since last SLCT")));
    }
}

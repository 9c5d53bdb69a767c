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

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.AgapSettings;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import reactor.core.publisher.Flux;

/** Tells what this server can do for this client now. AGAP section 4.7: {@code CAPA}. */
public final class Capa implements AgapOperation<NoArguments> {
    private final Mechanisms mechanisms;
    private final AgapSettings settings;

    /** With what the server offers. */
    public Capa(Mechanisms mechanisms, AgapSettings settings) {
        this.mechanisms = mechanisms;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "CAPA";
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
        ImmutableList.Builder<String> capabilities = ImmutableList.builder();
        capabilities.add("ADDR");
        mechanisms.offered(session.client()).forEach(mechanism -> capabilities.add("AUTH-" + mechanism.mechanismName()));
        capabilities.add("CALE", "CHNG", "CONF", "FILE", "FILT", "JRNL", "MESG", "NOTE");
        if (settings.presence()) {
            capabilities.add("PNFO");
        }
        capabilities.add("SGZP");
        if (session.connection().canStartTls()) {
            capabilities.add("STLS");
        }
        capabilities.add("TASK");
        capabilities.add("XCHG");
        return Flux.just(Data.of(capabilities.build()));
    }
}

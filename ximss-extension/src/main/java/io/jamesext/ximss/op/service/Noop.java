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
package io.jamesext.ximss.op.service;

import java.util.Set;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Does nothing and succeeds. XIMSS, "Service Operations", noop. As the client says by it that it is still there, it is told then when the
 * account is over quota, and of mailboxes that are new, if it wants that (setSessionOption).
 *
 * <pre>{@code <noop id="" />}</pre>
 */
public final class Noop implements XimssOperation<Noop.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    private final QuotaAlert alert;

    /** With what may be told. */
    public Noop(QuotaAlert alert) {
        this.alert = alert;
    }

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.RECOVERING, State.LOGGED_IN);
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return alert.check(session).then(session.refreshWatch()).thenMany(Flux.empty());
    }
}

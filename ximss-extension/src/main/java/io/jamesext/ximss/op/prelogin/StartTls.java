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
package io.jamesext.ximss.op.prelogin;

import java.util.Optional;
import java.util.Set;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Turns the connection to TLS, which begins right behind the zero of the positive response. XIMSS, "Pre-Login Operations",
 * starttls. Bytes that came in the clear behind the request close the connection; the kernel sees to that.
 *
 * <pre>{@code <starttls id="" domain=""? />}</pre>
 */
public final class StartTls implements XimssOperation<StartTls.Request> {
    /** The domain that the client names, if any. */
    public record Request(Optional<String> domain) {
    }

    private final Domains domains;

    /** Remembers the domain for the login that follows. */
    public StartTls(Domains domains) {
        this.domains = domains;
    }

    @Override
    public String name() {
        return "starttls";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_LOGIN);
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("domain"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        if (!session.connection().canStartTls()) {
            throw new ProtocolException(session.connection().isEncrypted() ? Failure.WRONG_STATE : Failure.NOT_SUPPORTED,
                "TLS cannot be started on this connection");
        }
        // The certificate is one for all domains.
        return domains.target(request.domain, session)
            .doOnNext(domain -> session.connection().startTls())
            .thenMany(Flux.empty());
    }
}

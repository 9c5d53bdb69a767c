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

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.ximss.account.Registration;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.Features;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Tells what a client can use. XIMSS, "Pre-Login Operations", listFeatures.
 *
 * <pre>{@code <listFeatures id="" domain=""? />}</pre>
 */
public final class ListFeatures implements XimssOperation<ListFeatures.Request> {
    /** The domain that the client names, if any. */
    public record Request(Optional<String> domain) {
    }

    private final Domains domains;
    private final Sasl sasl;
    private final Registration registration;
    private final LogIn logIn;

    /** With this server's mechanisms. */
    public ListFeatures(Domains domains, Sasl sasl, Registration registration, LogIn logIn) {
        this.domains = domains;
        this.sasl = sasl;
        this.registration = registration;
        this.logIn = logIn;
    }

    @Override
    public String name() {
        return "listFeatures";
    }

    /** Nothing forbids to ask again after the login. */
    @Override
    public Set<State> allowedIn() {
        return Set.of(State.values());
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("domain"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return domains.target(request.domain, session)
            .map(domain -> new Features(domain.asString(), sasl.offered(session.client()), session.connection().canStartTls(),
                registration.isOpen() && logIn.mayUsePassword(session.client())))
            .flux();
    }
}

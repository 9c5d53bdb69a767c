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

import org.apache.james.core.Domain;
import org.apache.james.core.Username;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.ximss.account.Accounts;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Mails a user who has forgotten the password what to log in with once. XIMSS, "Pre-Login Operations", recoverPassword. The answer is
 * positive, and takes as long, whether there is such a user and whether they have an address for it: it tells nobody who has an account
 * here.
 *
 * <pre>{@code <recoverPassword id="" domain=""? userName="" />}</pre>
 */
public final class RecoverPassword implements XimssOperation<RecoverPassword.Request> {
    /** The attributes. */
    public record Request(Optional<String> domain, String userName) {
    }

    private final Domains domains;
    private final Accounts accounts;
    private final ServerSettings settings;

    /** Under one server's settings. */
    public RecoverPassword(Domains domains, Accounts accounts, ServerSettings settings) {
        this.domains = domains;
        this.accounts = accounts;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "recoverPassword";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_LOGIN);
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("domain"), element.required("userName"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return domains.target(request.domain, session)
            .flatMap(target -> user(request.userName, target))
            .flatMap(user -> accounts.preLoginDelay().await(session.client(), user, settings.failedLogInDelay())
                .doOnSuccess(waited -> user.ifPresent(named -> accounts.recovery().mail(named, settings.helloName()))))
            .thenMany(Flux.empty());
    }

    /** Empty for a name that no user can have. */
    private Mono<Optional<Username>> user(String name, Domain target) {
        return domains.user(name, target).map(Optional::of)
            .onErrorResume(ProtocolException.class, impossible -> Mono.just(Optional.empty()));
    }
}

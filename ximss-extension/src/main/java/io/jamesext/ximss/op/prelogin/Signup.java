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

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.account.Registration;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.service.PasswordModify;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes an account, where the operator allows that to anybody. XIMSS, "Pre-Login Operations", signup. It does not log in.
 *
 * <pre>{@code <signup id="" domain=""? userName="" password="" realName=""? recoverPassword=""? />}</pre>
 */
public final class Signup implements XimssOperation<Signup.Request> {
    private static final int MAX_REAL_NAME = 255;

    /**
     * The attributes.
     *
     * @param recoveryAddress empty text for none
     */
    public record Request(Optional<String> domain, String userName, String password, String realName, String recoveryAddress) {
        static Request parse(Element element) {
            String realName = element.attribute("realName").orElse("").strip();
            if (realName.length() > MAX_REAL_NAME) {
                throw new ProtocolException(Failure.TOO_BIG, "a real name has at most " + MAX_REAL_NAME + " characters");
            }
            return new Request(element.attribute("domain"), element.required("userName"),
                PasswordModify.checked(element.required("password")), realName,
                element.attribute("recoverPassword").filter(text -> !text.isEmpty())
                    .map(text -> Envelope.address(text).asString()).orElse(""));
        }

        /** Says nothing, so that no log can hold a password. */
        @Override
        public String toString() {
            return "signup";
        }
    }

    private final Domains domains;
    private final Registration registration;
    private final LogIn logIn;

    /** With what makes accounts. */
    public Signup(Domains domains, Registration registration, LogIn logIn) {
        this.domains = domains;
        this.registration = registration;
        this.logIn = logIn;
    }

    @Override
    public String name() {
        return "signup";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_LOGIN);
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        if (!registration.isOpen()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "accounts are made by the operator only");
        }
        if (!logIn.mayUsePassword(session.client())) {
            throw new ProtocolException(Failure.ENCRYPTION_REQUIRED, "a clear password is taken only over TLS");
        }
        return domains.target(request.domain, session)
            .flatMap(target -> user(request, target))
            .flatMap(user -> registration.register(session.client(), new Registration.Account(user, request.password, request.realName,
                request.recoveryAddress)))
            .thenMany(Flux.empty());
    }

    private Mono<Username> user(Request request, Domain target) {
        // One that is not found leaves the target as it is: an account of that name in another domain is not what is wanted.
        if (request.domain.filter(named -> !named.equalsIgnoreCase(target.asString())).isPresent()) {
            return Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "there is no such domain here"));
        }
        return domains.user(request.userName, target)
            .onErrorMap(ProtocolException.class, impossible -> new ProtocolException(Failure.SYNTAX, "not a possible account name"));
    }
}

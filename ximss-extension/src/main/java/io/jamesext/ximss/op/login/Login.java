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
package io.jamesext.ximss.op.login;

import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.Quirks;
import io.jamesext.ximss.account.Accounts;
import io.jamesext.ximss.account.Registration;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.reply.Challenge;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.SessionCreated;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Authenticates the user and creates the session. XIMSS, "Login Operations", login. In the place of the password, the clear-text method
 * takes what recoverPassword has mailed: for nothing but to set a new password.
 *
 * <pre>{@code
 * <login id="" domain=""? authData="name" password="" />
 * <login id="" domain=""? method="SASL mechanism" authData="base64"? />
 * }</pre>
 */
public final class Login implements XimssOperation<Login.Request> {
    /**
     * The attributes.
     *
     * @param id checked again in each auth of a SASL exchange
     * @param method empty for the clear-text method
     */
    public record Request(String id, Optional<String> domain, Optional<String> method, Optional<String> authData,
                          Optional<String> password) {
        static Request parse(Element element) {
            Request request = new Request(element.required("id"), element.attribute("domain"), element.attribute("method"),
                element.attribute("authData"), element.attribute("password"));
            if (request.method.isEmpty()) {
                element.required("authData");
                element.required("password");
            }
            return request;
        }

        /** Says nothing, so that no log can hold a password. */
        @Override
        public String toString() {
            return "login";
        }
    }

    /** By what the client has proved who it is. */
    private enum Proof { PASSWORD, TOKEN, MAILED_SECRET }

    private record Proved(MailboxSession session, Proof proof) {
    }

    private final Domains domains;
    private final LogIn logIn;
    private final Sasl sasl;
    private final Accounts accounts;
    private final UserSettings settings;

    /** With this server's ways to log in. */
    public Login(Domains domains, LogIn logIn, Sasl sasl, Accounts accounts, UserSettings settings) {
        this.domains = domains;
        this.logIn = logIn;
        this.sasl = sasl;
        this.accounts = accounts;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "login";
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
        return domains.target(request.domain, session)
            .flatMap(domain -> request.method.isPresent()
                ? sasl(request, request.method.get(), domain, session).map(mailboxSession -> new Proved(mailboxSession,
                    Sasl.provesPassword(request.method.get()) ? Proof.PASSWORD : Proof.TOKEN))
                : domains.user(request.authData.orElse(""), domain).flatMap(user -> clearText(user, request.password.orElse(""), session)))
            .flatMap(proved -> realName(proved.session.getUser())
                .delayUntil(realName -> begin(proved, session))
                .map(realName -> created(proved, realName, session)))
            .flux();
    }

    /** By the password; or by what recoverPassword has mailed. */
    private Mono<Proved> clearText(Username user, String password, XimssSession session) {
        return Mono.fromCallable(() -> logIn.mayUsePassword(session.client()))
            .filter(may -> may)
            .flatMap(may -> accounts.recovery().isSecret(user, password))
            .defaultIfEmpty(false)
            .flatMap(isSecret -> isSecret
                ? logIn.proved(session.client(), user, Mono.empty()).map(mailboxSession -> new Proved(mailboxSession, Proof.MAILED_SECRET))
                : logIn.withPassword(session.client(), user, password).map(mailboxSession -> new Proved(mailboxSession, Proof.PASSWORD)));
    }

    private Mono<Optional<String>> realName(Username user) {
        return settings.find(user, UserSettings.Kind.ACCOUNT, Registration.REAL_NAME).map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    private static Mono<Void> begin(Proved proved, XimssSession session) {
        return proved.proof == Proof.MAILED_SECRET ? Mono.fromRunnable(() -> session.recovering(proved.session))
            : session.authenticated(proved.session, proved.proof == Proof.PASSWORD);
    }

    private SessionCreated created(Proved proved, Optional<String> realName, XimssSession session) {
        Username user = proved.session.getUser();
        session.realName(realName);
        session.previousLogIn(accounts.history().loggedIn(user, session.client().address()));
        return new SessionCreated(session.urlId(), user.asString(), realName);
    }

    private Mono<MailboxSession> sasl(Request request, String method, Domain domain, XimssSession session) {
        return sasl.in(domain.asString(), name -> domains.user(name, domain))
            .converse(method, session.client(), request.authData.map(Login::decode), challenge -> session.connection()
                .ask(XimssReply.to(request.id, new Challenge(challenge)))
                .map(frame -> response(request, frame)));
    }

    /** The client answers a challenge by an auth request with the id of the login; whatever else comes ends the exchange. */
    private static byte[] response(Request request, Element frame) {
        if (!frame.name().equals(Auth.NAME) || !frame.attribute("id").equals(Optional.of(request.id))) {
            throw new ProtocolException(Failure.SYNTAX, "auth with the id of the login was expected");
        }
        return decode(frame.required("value"));
    }

    private static byte[] decode(String base64) {
        try {
            return Quirks.base64(base64);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "SASL data must be base64");
        }
    }
}

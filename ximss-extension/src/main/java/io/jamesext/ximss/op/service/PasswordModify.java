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

import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Accounts;
import io.jamesext.ximss.account.Recovery;
import io.jamesext.ximss.account.RecoveryAddresses;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the user's password in James, and the address for a forgotten one. XIMSS, "Service Operations", passwordModify. The old password
 * is checked as at a log-in, as late and as slowly. In a session that recoverPassword has helped to, what was mailed is the old password;
 * with it a new one must be set, and then all operations can be used.
 *
 * <pre>{@code <passwordModify id="" oldPassword="" newPassword=""? recoveryEMail=""? />}</pre>
 */
public final class PasswordModify implements XimssOperation<PasswordModify.Request> {
    /** Longer ones are refused at log-in. */
    private static final int MAX_PASSWORD = 1024;

    /**
     * The attributes.
     *
     * @param recoveryEmail empty text to have none
     */
    public record Request(String oldPassword, Optional<String> newPassword, Optional<String> recoveryEmail) {
        static Request parse(Element element) {
            return new Request(element.required("oldPassword"), element.attribute("newPassword").map(PasswordModify::checked),
                recovery(element));
        }

        /** The text has recoveryEMail here and recoverPassword in signup; clients write recoveryEmail. */
        private static Optional<String> recovery(Element element) {
            return element.attribute("recoveryEMail").or(() -> element.attribute("recoveryEmail"))
                .or(() -> element.attribute("recoverPassword"))
                .map(address -> address.isEmpty() ? address : Envelope.address(address).asString());
        }

        /** Says nothing, so that no log can hold a password. */
        @Override
        public String toString() {
            return "passwordModify";
        }
    }

    private final LogIn logIn;
    private final UsersRepository users;
    private final RecoveryAddresses addresses;
    private final Recovery recovery;

    /** On James's users. */
    public PasswordModify(LogIn logIn, UsersRepository users, Accounts accounts) {
        this.logIn = logIn;
        this.users = users;
        this.addresses = accounts.addresses();
        this.recovery = accounts.recovery();
    }

    /**
     * A new password.
     *
     * @throws ProtocolException for one that nobody could log in with
     */
    public static String checked(String password) {
        if (password.isEmpty() || password.length() > MAX_PASSWORD) {
            throw new ProtocolException(Failure.SYNTAX, "a password has from 1 to " + MAX_PASSWORD + " characters");
        }
        return password;
    }

    @Override
    public String name() {
        return "passwordModify";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.RECOVERING, State.LOGGED_IN);
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        if (session.state() != State.RECOVERING) {
            return logIn.withPassword(session.client(), session.mailboxSession().getUser(), request.oldPassword)
                .then(modify(request, session))
                .thenMany(Flux.empty());
        }
        if (request.newPassword.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "the attribute newPassword is missing");
        }
        return recover(request, session).thenMany(Flux.empty());
    }

    /** By what has stood in the place of the password at the login. */
    private Mono<Void> recover(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        return recovery.ticket(user, request.oldPassword)
            // Once more, for since the login the secret may have ended, or have been used elsewhere.
            .flatMap(ticket -> logIn.proved(session.client(), user, recovery.take(ticket))
                .then(modify(request, session).onErrorResume(error -> recovery.giveBack(ticket).then(Mono.error(error)))));
    }

    private Mono<Void> modify(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        // An address ends with the password, unless the user says here that both are theirs.
        return addresses.find(user).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(kept -> Mono.justOrEmpty(request.newPassword).flatMap(password -> Blocking.run(() -> change(user, password)))
                .then(Mono.justOrEmpty(request.recoveryEmail.or(() -> kept)).flatMap(address -> addresses.set(user, address))))
            .then(Mono.fromRunnable(() -> {
                if (session.state() == State.RECOVERING) {
                    session.recovered();
                }
            }))
            .then(Mono.defer(() -> request.newPassword.isPresent() ? session.passwordChanged() : Mono.empty()));
    }

    private void change(Username name, String password) throws UsersRepositoryException {
        User user = users.getUserByName(name);
        if (user == null || !user.setPassword(password)) {
            // Of LDAP, for one.
            throw new ProtocolException(Failure.NOT_SUPPORTED, "the password cannot be changed here");
        }
        users.updateUser(user);
    }
}

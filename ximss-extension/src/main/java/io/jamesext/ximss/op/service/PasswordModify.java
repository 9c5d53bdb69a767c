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

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the user's password in James, and the address for a forgotten one. XIMSS, "Service Operations", passwordModify. The old password
 * is checked as at a log-in, as late and as slowly.
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
            // Clients write the second.
            Optional<String> recovery = element.attribute("recoveryEMail").or(() -> element.attribute("recoveryEmail"));
            recovery.filter(address -> !address.isEmpty()).ifPresent(Envelope::address);
            Optional<String> password = element.attribute("newPassword");
            if (password.filter(text -> text.isEmpty() || text.length() > MAX_PASSWORD).isPresent()) {
                throw new ProtocolException(Failure.SYNTAX, "a password has from 1 to " + MAX_PASSWORD + " characters");
            }
            return new Request(element.required("oldPassword"), password, recovery);
        }

        /** Says nothing, so that no log can hold a password. */
        @Override
        public String toString() {
            return "passwordModify";
        }
    }

    private final LogIn logIn;
    private final UsersRepository users;
    private final UserSettings settings;

    /** On James's users. */
    public PasswordModify(LogIn logIn, UsersRepository users, UserSettings settings) {
        this.logIn = logIn;
        this.users = users;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "passwordModify";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        return logIn.withPassword(session.client(), user, request.oldPassword)
            .then(Mono.justOrEmpty(request.newPassword).flatMap(password -> Blocking.run(() -> change(user, password))))
            .then(Mono.justOrEmpty(request.recoveryEmail).flatMap(address -> address.isEmpty()
                ? settings.remove(user, UserSettings.Kind.RECOVERY, UserSettings.RECOVERY_ADDRESS)
                : settings.put(user, UserSettings.Kind.RECOVERY, UserSettings.RECOVERY_ADDRESS, address)))
            .thenMany(Flux.empty());
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

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
package io.jamesext.agap.op.preauthentication;

import java.time.Duration;
import java.util.Optional;

import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;

import io.jamesext.agap.AgapSettings;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.kernel.auth.PreLoginDelay;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Log-in of people without an account. AGAP section 4.6: the user {@code anonymous} with an e-mail address as password, for the presence
 * and storing states, where the operator lets them. Nobody checks whose address it is, so each one from a place makes the next one there
 * wait.
 */
public final class Strangers {
    private static final Username ANONYMOUS = Username.of("anonymous");

    private final AgapSettings settings;
    private final PreLoginDelay delay;

    /** As the server's configuration says. */
    public Strangers(AgapSettings settings, PreLoginDelay delay) {
        this.settings = settings;
        this.delay = delay;
    }

    /** True when this account stands for everybody in the log-in that has begun. */
    boolean include(Username account, AgapSession session) {
        return account.equals(ANONYMOUS) && switch (session.goal()) {
            case ACCOUNT -> false;
            case PRESENCE -> settings.anonymousPresence();
            case STORING -> settings.anonymousStoring();
        };
    }

    /** Lets one in. */
    Flux<AgapReply> admit(String password, AgapSession session) {
        // The same name for all would let those of one place make everybody wait.
        Username place = Username.of(session.client().address().getHostAddress());
        return delay.await(session.client(), Optional.of(place), Duration.ZERO)
            .then(Mono.fromRunnable(() -> expectAddress(password)))
            .then(Mono.<Void>fromRunnable(() -> session.admitted(Optional.empty())))
            .doOnError(failure -> session.rejected())
            .thenMany(Flux.just(Status.ok("User anonymous authenticated")));
    }

    private static void expectAddress(String password) {
        try {
            new MailAddress(password);
        } catch (AddressException e) {
            throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "WRONG user/password pair (the password must be an e-mail address)");
        }
    }
}

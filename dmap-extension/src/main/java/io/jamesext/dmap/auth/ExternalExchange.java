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
package io.jamesext.dmap.auth;

import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.user.api.UsersRepository;

import com.google.common.collect.ImmutableSet;

import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** EXTERNAL (RFC 4422 appendix A): the client's certificate, which TLS has checked, says who it is. */
final class ExternalExchange {
    static final String NAME = "EXTERNAL";

    private final LogIn logIn;
    private final UsersRepository users;
    private final ClientCertificates certificates;

    ExternalExchange(LogIn logIn, UsersRepository users, ClientCertificates certificates) {
        this.logIn = logIn;
        this.users = users;
        this.certificates = certificates;
    }

    /** True when this client's certificate is somebody's. */
    boolean isOffered(Client client) {
        return !owners(client).isEmpty();
    }

    /**
     * Logs in as the certificate's user, or acts as another where James's delegation allows that. Where the certificate is of several
     * users, the client has to say which.
     *
     * @param first the authorization identity, or no octets
     * @return as {@link Sasl#converse} does
     */
    Mono<MailboxSession> converse(Client client, Mono<byte[]> first) {
        return first.map(Sasl::utf8).flatMap(text -> {
            Set<Username> owners = owners(client);
            Optional<Username> wanted = Optional.of(text).filter(name -> !name.isEmpty()).map(ExternalExchange::named);
            if (wanted.isPresent() && owners.contains(wanted.get())) {
                return logIn.proved(client, wanted.get(), exists(wanted.get()));
            }
            Username owner = owners.iterator().next();
            return logIn.proved(client, wanted, owner, owners.size() == 1 ? exists(owner) : Mono.error(LogIn::failed));
        });
    }

    private Set<Username> owners(Client client) {
        return client.tls().map(certificates::users).orElseGet(ImmutableSet::of);
    }

    private static Username named(String name) {
        if (name.indexOf('\0') >= 0) {
            throw Sasl.malformed();
        }
        return Sasl.username(name);
    }

    /** A certificate outlives its user. */
    private Mono<Void> exists(Username user) {
        return Blocking.run(() -> {
            if (!users.contains(user)) {
                throw LogIn.failed();
            }
        });
    }
}

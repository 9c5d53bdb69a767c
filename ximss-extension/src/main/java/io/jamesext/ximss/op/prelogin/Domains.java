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

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.user.api.UsersRepository;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.session.XimssSession;
import reactor.core.publisher.Mono;

/**
 * The target domain. XIMSS, "Pre-Login Operations": James's default domain until an operation names another one that exists; one
 * that does not exist changes nothing.
 */
public final class Domains {
    private final DomainList domains;
    private final UsersRepository users;

    /** On James's domains. */
    @Inject
    public Domains(DomainList domains, UsersRepository users) {
        this.domains = domains;
        this.users = users;
    }

    /** The target domain of an operation that may name one. */
    public Mono<Domain> target(Optional<String> named, XimssSession session) {
        return Blocking.call(() -> {
            Optional<Domain> known = named.flatMap(Domains::domain);
            if (known.isPresent() && domains.containsDomain(known.get())) {
                session.domainChosen(known.get());
            }
            return session.domain().isPresent() ? session.domain().get() : domains.getDefaultDomain();
        });
    }

    /** The domain of the user, before the login the target domain. */
    public Mono<Domain> current(XimssSession session) {
        return Mono.justOrEmpty(session.user().flatMap(Username::getDomainPart)).switchIfEmpty(target(Optional.empty(), session));
    }

    /** Whether mail of a domain is for James's own users. */
    public Mono<Boolean> isLocal(Domain domain) {
        return Blocking.call(() -> domains.containsDomain(domain));
    }

    /** The user of a log-in name, which may leave out the domain. Fails as a wrong password does when no user can have that name. */
    public Mono<Username> user(String name, Domain target) {
        return Blocking.call(() -> {
            try {
                return name.contains("@") || !users.supportVirtualHosting() ? Username.of(name)
                    : Username.fromLocalPartWithDomain(name, target);
            } catch (IllegalArgumentException e) {
                throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "authentication failed");
            }
        });
    }

    private static Optional<Domain> domain(String name) {
        try {
            return Optional.of(Domain.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

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
package io.jamesext.dmap.dmtp;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import com.google.inject.Inject;

import io.jamesext.dmap.ring.Organisations;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** Whose an address is: a user's own, or another one of the user by James's aliases. */
public final class Recipients {
    /** A forward or a group leads to others, who cannot read what is encrypted to the first one. */
    private static final EnumSet<Mapping.Type> OTHER_NAMES = EnumSet.of(Mapping.Type.Alias, Mapping.Type.DomainAlias);

    private final Organisations organisations;
    private final UsersRepository users;
    private final RecipientRewriteTable rewrites;

    /** On James's users and aliases. */
    @Inject
    public Recipients(Organisations organisations, UsersRepository users, RecipientRewriteTable rewrites) {
        this.organisations = organisations;
        this.users = users;
        this.rewrites = rewrites;
    }

    /** The user, who need not exist; empty for what is no address of a domain with keys, and for an alias of several. */
    public Mono<Username> userOf(String address) {
        return Blocking.call(() -> find(address)).flatMap(Mono::justOrEmpty);
    }

    /** Whether there is such a user. */
    public Mono<Boolean> exists(Username user) {
        return Mono.from(users.containsReactive(user));
    }

    private Optional<Username> find(String address) throws UsersRepositoryException, RecipientRewriteTableException {
        try {
            MailAddress mailbox = new MailAddress(address);
            if (organisations.of(mailbox.getDomain().asString()).isEmpty()) {
                return Optional.empty();
            }
            List<MailAddress> meant = rewrites.getResolvedMappings(mailbox.getLocalPart(), mailbox.getDomain(), OTHER_NAMES).asStream()
                .flatMap(mapping -> mapping.asMailAddress().stream())
                .toList();
            if (meant.size() > 1) {
                return Optional.empty();
            }
            return Optional.of(users.getUsername(meant.isEmpty() ? mailbox : meant.get(0)));
        } catch (AddressException | RecipientRewriteTable.ErrorMappingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

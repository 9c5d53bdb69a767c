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
package io.jamesext.kernel.submit;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The addresses that users may send as: the name they log in with, and its aliases. As James's SMTP server has it. All of this blocks. */
public final class OwnAddresses {
    private final CanSendFrom addresses;
    private final UsersRepository users;

    /** On what James knows of users' addresses. */
    @Inject
    public OwnAddresses(CanSendFrom addresses, UsersRepository users) {
        this.addresses = addresses;
        this.users = users;
    }

    /**
     * Checks that all these addresses are the user's own.
     *
     * @throws ProtocolException when one is not
     */
    public void require(Collection<MailAddress> senders, Username user) {
        if (!senders.stream().allMatch(sender -> areOf(user, sender))) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the sender is not one of the user's own addresses");
        }
    }

    /** Whether the address is the user's own. */
    public boolean areOf(Username user, MailAddress sender) {
        try {
            // As James's SMTP server does it: without virtual hosting a user has no domain.
            return addresses.userCanSendFrom(user, users.getUsername(sender));
        } catch (UsersRepositoryException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The address of a user. */
    public MailAddress of(Username user) throws UsersRepositoryException {
        return users.getMailAddressFor(user);
    }

    /** All addresses of a user's own, in either case. */
    public Set<String> all(Username user) throws Exception {
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        own.add(of(user).asString());
        addresses.allValidFromAddressesForUser(user).forEach(address -> own.add(address.asString()));
        return own;
    }
}

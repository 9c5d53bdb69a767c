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
package io.jamesext.ximss.cli;

import java.util.List;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.AutoDetectedDomainRemovalException;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.user.api.AlreadyExistInUsersRepositoryException;
import org.apache.james.user.api.InvalidUsernameException;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;

import com.google.common.collect.Streams;
import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Users and domains. */
public final class UserCommands {
    private final UsersRepository users;
    private final DomainList domains;

    /** On James's services. */
    @Inject
    public UserCommands(UsersRepository users, DomainList domains) {
        this.users = users;
        this.domains = domains;
    }

    List<Command> all() {
        return List.of(
            Command.change("AddUser", List.of("username", "password"), Command.NEVER,
                (given, asker) -> add(given.get(0), given.get(1))),
            Command.change("RemoveUser", List.of("username"), Command.NEVER,
                (given, asker) -> users.removeUser(Arguments.known(given.get(0), users))),
            Command.result("ListUsers", List.of(), Command.NEVER,
                (given, asker) -> Result.list(Streams.stream(users.list()).map(Username::asString).sorted().toList())),
            Command.change("AddDomain", List.of("domainName"), Command.NEVER,
                (given, asker) -> addDomain(Arguments.domain(given.get(0)))),
            Command.change("RemoveDomain", List.of("domainName"), Command.NEVER,
                (given, asker) -> removeDomain(Arguments.domain(given.get(0)))),
            Command.result("ContainsDomain", List.of("domainName"), Command.NEVER,
                (given, asker) -> Result.text(given.get(0)
                    + (domains.containsDomain(Arguments.domain(given.get(0))) ? " exists" : " does not exists"))),
            Command.result("ListDomains", List.of(), Command.NEVER,
                (given, asker) -> Result.list(domains.getDomains().stream().map(Domain::asString).sorted().toList())),
            // Not for the asker's own: passwordModify wants to see the old one.
            Command.change("SetPassword", List.of("username", "password"), Command.NEVER,
                (given, asker) -> setPassword(Arguments.known(given.get(0), users), given.get(1))));
    }

    private void add(String name, String password) throws UsersRepositoryException {
        checkPassword(password);
        Username user = Arguments.user(name);
        if (users.contains(user)) {
            throw exists();
        }
        try {
            users.addUser(user, password);
        } catch (InvalidUsernameException e) {
            throw new ProtocolException(Failure.SYNTAX, "no user can have this name or this domain");
        } catch (AlreadyExistInUsersRepositoryException e) {
            throw exists();
        }
    }

    private void setPassword(Username name, String password) throws UsersRepositoryException {
        checkPassword(password);
        User user = users.getUserByName(name);
        if (user == null || !user.setPassword(password)) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "the password cannot be changed here");
        }
        users.updateUser(user);
    }

    /** As passwordModify does. */
    private static void checkPassword(String password) {
        if (password.isEmpty() || password.length() > 1024) {
            throw new ProtocolException(Failure.SYNTAX, "a password has from 1 to 1024 characters");
        }
    }

    private void addDomain(Domain domain) throws DomainListException {
        if (domains.containsDomain(domain)) {
            throw new ProtocolException(Failure.CONFLICT, "the domain exists already");
        }
        domains.addDomain(domain);
    }

    private void removeDomain(Domain domain) throws DomainListException {
        if (!domains.containsDomain(domain)) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such domain");
        }
        try {
            domains.removeDomain(domain);
        } catch (AutoDetectedDomainRemovalException e) {
            throw new ProtocolException(Failure.CONFLICT, "James has found this domain by itself");
        }
    }

    private static ProtocolException exists() {
        return new ProtocolException(Failure.CONFLICT, "the name is in use already");
    }
}

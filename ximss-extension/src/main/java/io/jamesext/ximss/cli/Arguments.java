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

import java.util.function.Function;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Reads the arguments of commands. */
final class Arguments {
    private Arguments() {
    }

    static Username user(String argument) {
        return read(argument, Username::of, "not a possible user name");
    }

    static Domain domain(String argument) {
        return read(argument, Domain::of, "not a possible domain");
    }

    /** Whether it is the asker's own name. */
    static boolean isAsker(String argument, MailboxSession asker) {
        return user(argument).equals(asker.getUser());
    }

    /** A user who is there. */
    static Username known(String argument, UsersRepository users) throws UsersRepositoryException {
        Username user = user(argument);
        if (!users.contains(user)) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such user");
        }
        return user;
    }

    /** A user's mailbox, as James writes it. James's other namespaces are views of those of users. */
    static MailboxPath mailbox(String namespace, Username user, String name) {
        if (!namespace.equals(MailboxConstants.USER_NAMESPACE)) {
            throw new ProtocolException(Failure.SYNTAX, "the namespace is " + MailboxConstants.USER_NAMESPACE);
        }
        return new MailboxPath(namespace, user, name);
    }

    static <T> T read(String argument, Function<String, T> reader, String error) {
        try {
            return reader.apply(argument);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProtocolException(Failure.SYNTAX, error);
        }
    }
}

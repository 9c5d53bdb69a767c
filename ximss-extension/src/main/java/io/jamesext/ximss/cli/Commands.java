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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.user.api.UsersRepository;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The table. The administrator whom James's {@code usersrepository.xml} names may use all of it; everybody else, what concerns only
 * themselves.
 */
public final class Commands {
    private final UsersRepository users;
    private final Map<String, Command> commands;

    /** On James's services. */
    @Inject
    public Commands(UserCommands accounts, MappingCommands mappings, MailboxCommands mailboxes, QuotaCommands quotas,
                    UsersRepository users) {
        this.users = users;
        this.commands = Stream.of(accounts.all(), mappings.all(), mailboxes.all(), quotas.reading(), quotas.setting())
            .flatMap(List::stream)
            .collect(ImmutableMap.toImmutableMap(command -> key(command.name()), command -> command));
    }

    /**
     * Runs a command. Blocks.
     *
     * @param words its name, in any case, and its arguments
     * @throws ProtocolException when there is none of that name, the arguments do not fit, or it is not for the asker
     */
    public Optional<Result> run(List<String> words, MailboxSession asker) throws Exception {
        Command command = Optional.ofNullable(commands.get(key(words.get(0))))
            .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED, "no such command"));
        List<String> arguments = words.subList(1, words.size());
        if (arguments.size() != command.arguments().size()) {
            throw new ProtocolException(Failure.SYNTAX, "the command is written: " + command.name()
                + String.join("", command.arguments().stream().map(name -> " <" + name + ">").toList()));
        }
        if (!command.own().test(arguments, asker) && !users.isAdministrator(asker.getUser())) {
            throw new ProtocolException(Failure.NO_PERMISSION, "this command is for administrators");
        }
        return command.action().run(arguments, asker);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

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

import org.apache.james.core.Username;
import org.apache.james.rrt.api.InvalidRegexException;
import org.apache.james.rrt.api.LoopDetectedException;
import org.apache.james.rrt.api.MappingAlreadyExistsException;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.rrt.api.SameSourceAndDestinationException;
import org.apache.james.rrt.api.SourceDomainIsNotInDomainListException;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.submit.Envelope;

/** Where mail to an address goes instead. */
public final class MappingCommands {
    private static final List<String> ADDRESS = List.of("fromUser", "fromDomain", "toAddress");
    private static final List<String> REGEX = List.of("user", "domain", "regex");

    private final RecipientRewriteTable mappings;

    /** On James's services. */
    @Inject
    public MappingCommands(RecipientRewriteTable mappings) {
        this.mappings = mappings;
    }

    /** A change to the table. */
    @FunctionalInterface
    private interface Rewrite {
        void apply(MappingSource source, String target) throws RecipientRewriteTableException;
    }

    List<Command> all() {
        return List.of(
            // The one command of CommuniGate's: XIMSS, "Service Operations", has it as the example of cliResult.
            Command.result("GetAccountAliases", List.of("user"), (given, asker) -> Arguments.isAsker(given.get(0), asker),
                (given, asker) -> Result.array(aliases(Arguments.user(given.get(0))))),
            Command.result("ListMappings", List.of(), Command.NEVER,
                (given, asker) -> Result.list(mappings.getAllMappings().entrySet().stream()
                    .map(entry -> entry.getKey().asString() + "=" + entry.getValue().serialize()).sorted().toList())),
            Command.result("ListUserDomainMappings", List.of("user", "domain"), Command.NEVER,
                (given, asker) -> Result.list(mappings.getStoredMappings(source(given)).asStream()
                    .map(Mapping::asString).sorted().toList())),
            Command.change("AddAddressMapping", ADDRESS, Command.NEVER,
                (given, asker) -> change(mappings::addAddressMapping, source(given), address(given.get(2)))),
            Command.change("RemoveAddressMapping", ADDRESS, Command.NEVER,
                (given, asker) -> change(mappings::removeAddressMapping, source(given), address(given.get(2)))),
            Command.change("AddRegexMapping", REGEX, Command.NEVER,
                (given, asker) -> change(mappings::addRegexMapping, source(given), given.get(2))),
            Command.change("RemoveRegexMapping", REGEX, Command.NEVER,
                (given, asker) -> change(mappings::removeRegexMapping, source(given), given.get(2))));
    }

    /** Those of the user's own domain without it, as the example has them. */
    private List<String> aliases(Username user) throws RecipientRewriteTableException {
        return mappings.listSources(Mapping.alias(user.asString()))
            .flatMap(source -> source.asUsername().stream())
            .map(alias -> alias.getDomainPart().equals(user.getDomainPart()) ? alias.getLocalPart() : alias.asString())
            .sorted()
            .toList();
    }

    private static MappingSource source(List<String> given) {
        return Arguments.read(given.get(0), user -> MappingSource.fromUser(user, Arguments.domain(given.get(1))),
            "not a possible user name");
    }

    private static String address(String argument) {
        // James adds the default domain where there is none.
        Envelope.address(argument.contains("@") ? argument : argument + "@localhost");
        return argument;
    }

    private static void change(Rewrite rewrite, MappingSource source, String target) throws RecipientRewriteTableException {
        try {
            rewrite.apply(source, target);
        } catch (InvalidRegexException e) {
            throw new ProtocolException(Failure.SYNTAX, "not a regular expression");
        } catch (SourceDomainIsNotInDomainListException e) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such domain");
        } catch (MappingAlreadyExistsException | SameSourceAndDestinationException | LoopDetectedException e) {
            throw new ProtocolException(Failure.CONFLICT, "the mapping exists already, or leads back to where it begins");
        }
    }
}

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
package io.jamesext.ximss.rule;

import java.util.function.Function;
import java.util.regex.Pattern;

import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.MailboxNames;
import reactor.core.publisher.Mono;

/** Where rules may send messages: whether the Sieve mailet would do it there. */
public final class RuleTargets {
    /** RFC 5321 section 4.1.3: the address of a machine, which may be this one. James's domains have lost their brackets. */
    private static final Pattern NUMBER = Pattern.compile(".*:.*|(.*\\.)?[0-9]+");

    private final UserSettings settings;
    private final Function<Domain, Mono<Boolean>> isLocal;

    /** On the aliases of mailboxes, and on what says whether a domain is James's own. */
    public RuleTargets(UserSettings settings, Function<Domain, Mono<Boolean>> isLocal) {
        this.settings = settings;
        this.isLocal = isLocal;
    }

    /** Checks where a rule stores messages and where it sends them. Fails when James could not do that, or should not. */
    public Mono<Void> check(Rule rule, MailboxSession session) {
        return Mono.justOrEmpty(Actions.target(rule)).flatMap(name -> checkMailbox(name, session))
            .then(Mono.justOrEmpty(Actions.recipient(rule)).flatMap(this::checkRecipient));
    }

    private Mono<Void> checkMailbox(String name, MailboxSession session) {
        return Blocking.run(() -> {
            MailboxPath path = MailboxNames.path(name, session);
            if (!path.belongsTo(session)) {
                throw new ProtocolException(Failure.NOT_SUPPORTED, "Store in a mailbox of another account is not supported");
            }
            path.assertAcceptable(session.getPathDelimiter());
            if (!name.equals(asDelivered(name, session.getPathDelimiter()))) {
                throw new ProtocolException(Failure.NOT_SUPPORTED,
                    "Store in a mailbox with a dot or a slash in its name is not supported");
            }
        }).then(settings.find(session.getUser(), UserSettings.Kind.MAILBOX_ALIAS, name).flatMap(alias -> Mono.error(
            new ProtocolException(Failure.NOT_SUPPORTED, "Store in an alias of a mailbox is not supported: name the mailbox"))));
    }

    /** James's mailet takes dots and slashes for delimiters, and one of them at the beginning away. */
    private static String asDelivered(String name, char delimiter) {
        String delivered = name.replace('.', '/').replace('/', delimiter);
        return delivered.charAt(0) == delimiter ? delivered.substring(1) : delivered;
    }

    /**
     * James sees no loop of messages that it sends on to its own users: they get no Received field on that way. (What goes out to other
     * servers and comes back gets one each time, and ends in time.)
     */
    private Mono<Void> checkRecipient(MailAddress address) {
        Domain domain = address.getDomain();
        return Mono.just(NUMBER.matcher(domain.name()).matches() || domain.equals(Domain.LOCALHOST))
            .filter(isHere -> isHere)
            .switchIfEmpty(Mono.defer(() -> isLocal.apply(domain)))
            .filter(isHere -> isHere)
            .flatMap(isHere -> Mono.error(new ProtocolException(Failure.NOT_SUPPORTED,
                "Mirror to an address of this server is not supported: James would not notice a loop")));
    }
}

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
package io.jamesext.ximss.op.mailbox;

import java.util.List;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes and removes mailbox aliases. XIMSS, "Mailbox Management", mailboxAliasUpdate. An alias gives nobody a right: what it stands for
 * is looked at when it is used.
 *
 * <pre>{@code
 * <mailboxAliasUpdate id=""> <mailboxAlias name="" mode="add"?>target</mailboxAlias>* </mailboxAliasUpdate>
 * }</pre>
 */
public final class MailboxAliasUpdate implements XimssOperation<MailboxAliasUpdate.Request> {
    /** As many as one user may have. */
    private static final int MAX_ALIASES = 1000;
    /** James's limit for a mailbox's name. */
    private static final int MAX_NAME = 200;

    /** One mailboxAlias: any mode but {@code add} removes it. */
    public record Update(String name, String target, boolean add) {
        static Update parse(Element element) {
            Update update = new Update(element.required("name"), element.text().strip(), Updates.adds(element));
            if (update.name.isEmpty() || update.name.startsWith("~") || update.name.length() > MAX_NAME
                    || update.target.length() > 2 * MAX_NAME) {
                throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible mailbox alias");
            }
            return update;
        }
    }

    /** The body. */
    public record Request(List<Update> updates) {
    }

    private final UserSettings settings;

    /** On the users' settings. */
    public MailboxAliasUpdate(UserSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mailboxAliasUpdate";
    }

    @Override
    public Request read(Element element) {
        return new Request(Updates.of(element, "mailboxAlias", Update::parse));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        // All targets are read before the first alias is made.
        request.updates.stream().filter(Update::add).forEach(update -> MailboxNames.path(update.target, mailboxSession));
        Username user = mailboxSession.getUser();
        return settings.all(user, UserSettings.Kind.MAILBOX_ALIAS)
            .filter(aliases -> aliases.size() + request.updates.size() <= MAX_ALIASES || request.updates.stream().noneMatch(Update::add))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.TOO_BIG, "more than " + MAX_ALIASES + " mailbox aliases")))
            .thenMany(Flux.fromIterable(request.updates))
            .concatMap(update -> update.add
                ? settings.put(user, UserSettings.Kind.MAILBOX_ALIAS, update.name, update.target)
                : settings.remove(user, UserSettings.Kind.MAILBOX_ALIAS, update.name))
            .thenMany(Flux.empty());
    }
}

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

import io.jamesext.groupware.UserSettings;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.MailboxAlias;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists the user's mailbox aliases, in the order of their names. XIMSS, "Mailbox Management", mailboxAliasList.
 *
 * <pre>{@code <mailboxAliasList id="" />}</pre>
 */
public final class MailboxAliasList implements XimssOperation<MailboxAliasList.Request> {
    /** It has no attributes. */
    public record Request() {
    }

    private final UserSettings settings;

    /** On the users' settings. */
    public MailboxAliasList(UserSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mailboxAliasList";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return settings.all(session.mailboxSession().getUser(), UserSettings.Kind.MAILBOX_ALIAS)
            .flatMapIterable(aliases -> aliases.entrySet())
            .map(alias -> new MailboxAlias(alias.getKey(), alias.getValue()));
    }
}

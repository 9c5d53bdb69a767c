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

package io.jamesext.lemonade.imap.mailbox;

import java.util.function.Consumer;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.SubscribeRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.names.NetUnicode;
import io.jamesext.lemonade.imap.notify.Watches;
import reactor.core.publisher.Mono;

/**
 * SUBSCRIBE: notes a name of the user's own, whether there is such a mailbox or not, or one of another user's that they can see (RFC 4314
 * section 4). RFC 3501 section 6.3.6: {@code subscribe = "SUBSCRIBE" SP mailbox}.
 */
public final class SubscribeCommand implements FolderCommand<SubscribeRequest> {
    private final MailboxManager mailboxManager;
    private final SubscriptionManager subscriptions;
    private final Watches watches;

    public SubscribeCommand(MailboxManager mailboxManager, SubscriptionManager subscriptions, Watches watches) {
        this.mailboxManager = mailboxManager;
        this.subscriptions = subscriptions;
        this.watches = watches;
    }

    /** Reads the arguments. */
    public static SubscribeRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new SubscribeRequest(arguments.mailbox(), tag);
    }

    @Override
    public Class<SubscribeRequest> request() {
        return SubscribeRequest.class;
    }

    @Override
    public Mono<String> run(SubscribeRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> path(request.getMailboxName(), session.names()))
            .flatMap(path -> visible(path, session).then(Mono.from(subscriptions.subscribeReactive(path, session.mailbox())))
                .then(Mono.fromRunnable(() ->
                    watches.subscribed(session.mailbox().getUser(), path, true, session.mailbox().getSessionId()))))
            .then(Mono.empty());
    }

    private static MailboxPath path(String name, MailboxNames names) throws MailboxException {
        if (!NetUnicode.allows(name)) {
            throw NewName.impossible();
        }
        return names.path(name).sanitize(names.delimiter()).assertAcceptable(names.delimiter());
    }

    /** James tells those who watch a mailbox of each subscription to it: nobody may do that to mailboxes that they cannot see. */
    private Mono<Void> visible(MailboxPath path, FolderSession session) {
        return session.names().own(path) ? Mono.empty() : Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox())).then();
    }
}

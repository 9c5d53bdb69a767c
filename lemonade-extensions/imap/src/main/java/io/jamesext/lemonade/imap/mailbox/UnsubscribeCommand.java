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
import org.apache.james.imap.message.request.UnsubscribeRequest;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.notify.Watches;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** UNSUBSCRIBE: forgets a name, also one that was not noted. RFC 3501 section 6.3.7: {@code unsubscribe = "UNSUBSCRIBE" SP mailbox}. */
public final class UnsubscribeCommand implements FolderCommand<UnsubscribeRequest> {
    private final SubscriptionManager subscriptions;
    private final Watches watches;

    public UnsubscribeCommand(SubscriptionManager subscriptions, Watches watches) {
        this.subscriptions = subscriptions;
        this.watches = watches;
    }

    /** Reads the arguments. */
    public static UnsubscribeRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new UnsubscribeRequest(arguments.mailbox(), tag);
    }

    @Override
    public Class<UnsubscribeRequest> request() {
        return UnsubscribeRequest.class;
    }

    @Override
    public Mono<String> run(UnsubscribeRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> session.names().path(request.getMailboxName()).sanitize(session.names().delimiter()))
            .filterWhen(path -> noted(path, session))
            .flatMap(path -> Mono.from(subscriptions.unsubscribeReactive(path, session.mailbox()))
                .then(Mono.fromRunnable(() ->
                    watches.subscribed(session.mailbox().getUser(), path, false, session.mailbox().getSessionId()))))
            .then(Mono.empty());
    }

    /** James tells those who watch a mailbox even of what was no subscription; the user's own are told of as they like. */
    private Mono<Boolean> noted(MailboxPath path, FolderSession session) {
        return session.names().own(path) ? Mono.just(true)
            : Mono.fromCallable(() -> subscriptions.subscriptionsReactive(session.mailbox()))
                .flatMapMany(Flux::from)
                .any(path::equals);
    }
}

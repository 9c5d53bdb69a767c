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

package io.jamesext.lemonade.imap.list;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.LsubRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/** LSUB: tells of subscriptions. RFC 3501 section 6.3.9: {@code lsub = "LSUB" SP mailbox SP list-mailbox}. */
public final class LsubCommand implements FolderCommand<LsubRequest> {
    private final FolderNames folderNames;

    public LsubCommand(MailboxManager mailboxManager, SubscriptionManager subscriptions) {
        this.folderNames = new FolderNames(mailboxManager, subscriptions);
    }

    /** Reads the arguments. */
    public static LsubRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String reference = arguments.mailbox();
        arguments.space();
        return new LsubRequest(reference, arguments.listMailbox(), tag);
    }

    @Override
    public Class<LsubRequest> request() {
        return LsubRequest.class;
    }

    @Override
    public Mono<String> run(LsubRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> ListPattern.all(request.getBaseReferenceName(), List.of(request.getMailboxPattern()),
                session.names()))
            .filter(patterns -> !patterns.isEmpty())
            .flatMap(patterns -> folderNames.subscribed(session)
                .map(subscribed -> new Listing(Map.of(), subscribed, patterns, session.names().delimiter()).subscribedNames()))
            .flatMapIterable(names -> names)
            .map(name -> session.line("LSUB")
                .list(name.subscribed() ? List.of() : List.of("\\Noselect"))
                .string(String.valueOf(session.names().delimiter()))
                .mailbox(name.name())
                .end())
            .doOnNext(responses)
            .then(Mono.empty());
    }
}

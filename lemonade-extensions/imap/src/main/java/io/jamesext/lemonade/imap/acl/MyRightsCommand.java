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

package io.jamesext.lemonade.imap.acl;

import java.util.Set;
import java.util.function.Consumer;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.MyRightsRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/** MYRIGHTS: what the user may do. RFC 4314 section 3.5: {@code myrights = "MYRIGHTS" SP mailbox}. */
public final class MyRightsCommand implements FolderCommand<MyRightsRequest> {
    // RFC 4314 section 4: without one of these, the mailbox is not there.
    private static final Set<Right> ANY_OF = Set.of(Right.Lookup, Right.Read, Right.Insert, Right.CreateMailbox, Right.DeleteMailbox,
        Right.Administer);

    private final MailboxManager mailboxManager;

    public MyRightsCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** Reads the arguments. */
    public static MyRightsRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new MyRightsRequest(tag, arguments.mailbox());
    }

    @Override
    public Class<MyRightsRequest> request() {
        return MyRightsRequest.class;
    }

    @Override
    public Mono<String> run(MyRightsRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> session.names().path(request.getMailboxName()))
            .flatMap(path -> Mono.from(mailboxManager.myRightsReactive(path, session.mailbox()))
                .filter(rights -> rights.list().stream().anyMatch(ANY_OF::contains))
                .switchIfEmpty(Mono.error(() -> new MailboxNotFoundException(path))))
            .doOnNext(rights -> responses.accept(RightsText.myRights(request.getMailboxName(), rights, session)))
            .then(Mono.empty());
    }
}

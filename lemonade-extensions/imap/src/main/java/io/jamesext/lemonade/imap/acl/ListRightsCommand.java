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

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.core.Username;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.ListRightsRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import reactor.core.publisher.Mono;

/**
 * LISTRIGHTS: which rights an identifier always has, and which it can be given. RFC 4314 section 3.4:
 * {@code listrights = "LISTRIGHTS" SP mailbox SP identifier}.
 */
public final class ListRightsCommand implements FolderCommand<ListRightsRequest> {
    private final MailboxManager mailboxManager;

    public ListRightsCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** Reads the arguments. */
    public static ListRightsRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String name = arguments.mailbox();
        arguments.space();
        return new ListRightsRequest(tag, name, Identifier.checked(arguments.astring()));
    }

    @Override
    public Class<ListRightsRequest> request() {
        return ListRightsRequest.class;
    }

    @Override
    public Mono<String> run(ListRightsRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Administered.mailbox(request.getMailboxName(), session, mailboxManager)
            .flatMap(mailbox -> Mono.fromCallable(() -> line(request, mailbox, session)))
            .doOnNext(responses)
            .then(Mono.empty());
    }

    private static Untagged line(ListRightsRequest request, MessageManager mailbox, FolderSession session) throws Exception {
        Username owner = mailbox.getMailboxEntity().getUser();
        boolean isOwner = Identifier.isOwner(Identifier.key(request.getIdentifier(), owner), owner);
        // RFC 4314 section 3.4: the identifier as the client has written it.
        UntaggedLine line = session.line("LISTRIGHTS").mailbox(request.getMailboxName()).string(request.getIdentifier())
            .string(isOwner ? RightsText.write(MailboxACL.FULL_RIGHTS) : "");
        List<String> optional = isOwner ? List.of() : RightsText.EACH;
        optional.forEach(line::string);
        return line.end();
    }
}

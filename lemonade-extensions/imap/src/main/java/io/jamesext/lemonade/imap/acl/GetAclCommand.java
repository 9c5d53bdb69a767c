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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.james.core.Username;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.GetACLRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import reactor.core.publisher.Mono;

/** GETACL: who has which rights, the owner first. RFC 4314 section 3.3: {@code getacl = "GETACL" SP mailbox}. */
public final class GetAclCommand implements FolderCommand<GetACLRequest> {
    private final MailboxManager mailboxManager;

    public GetAclCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** Reads the arguments. */
    public static GetACLRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new GetACLRequest(tag, arguments.mailbox());
    }

    @Override
    public Class<GetACLRequest> request() {
        return GetACLRequest.class;
    }

    @Override
    public Mono<String> run(GetACLRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Administered.mailbox(request.getMailboxName(), session, mailboxManager)
            .flatMap(mailbox -> Mono.fromCallable(() -> line(request.getMailboxName(), mailbox, session)))
            .doOnNext(responses)
            .then(Mono.empty());
    }

    private static Untagged line(String name, MessageManager mailbox, FolderSession session) throws Exception {
        Username owner = mailbox.getMailboxEntity().getUser();
        Map<EntryKey, Rfc4314Rights> entries = new LinkedHashMap<>();
        entries.put(MailboxACL.OWNER_KEY, MailboxACL.FULL_RIGHTS);
        entries.putAll(mailbox.getResolvedAcl(session.mailbox()).getEntries());
        UntaggedLine line = session.line("ACL").mailbox(name);
        entries.forEach((key, rights) -> {
            if (!Identifier.isOwner(key, owner)) {
                line.string(Identifier.write(key, owner)).string(RightsText.write(rights));
            }
        });
        return line.end();
    }
}

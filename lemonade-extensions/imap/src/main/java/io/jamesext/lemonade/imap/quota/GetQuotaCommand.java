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

package io.jamesext.lemonade.imap.quota;

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.GetQuotaRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** GETQUOTA: what a quota root limits. RFC 9208 section 4.1.1: {@code getquota = "GETQUOTA" SP astring}. */
public final class GetQuotaCommand implements FolderCommand<GetQuotaRequest> {
    private final MailboxManager mailboxManager;
    private final QuotaRootResolver resolver;
    private final QuotaRoots quotaRoots;

    public GetQuotaCommand(MailboxManager mailboxManager, QuotaRootResolver resolver, QuotaManager quotaManager) {
        this.mailboxManager = mailboxManager;
        this.resolver = resolver;
        this.quotaRoots = new QuotaRoots(quotaManager);
    }

    /** Reads the arguments. */
    public static GetQuotaRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new GetQuotaRequest(tag, arguments.astring());
    }

    @Override
    public Class<GetQuotaRequest> request() {
        return GetQuotaRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(ImapConstants.SUPPORTS_QUOTA, ImapConstants.SUPPORTS_QUOTA_RES_STORAGE, ImapConstants.SUPPORTS_QUOTA_RES_MESSAGE);
    }

    @Override
    public Mono<String> run(GetQuotaRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> root(request.getQuotaRoot()))
            .filterWhen(root -> mayKnow(root, session))
            .switchIfEmpty(Mono.error(GetQuotaCommand::unknown))
            .flatMap(root -> quotaRoots.line(root, session))
            .doOnNext(responses)
            .then(Mono.empty());
    }

    private QuotaRoot root(String name) throws RefusedException {
        try {
            return resolver.fromString(name);
        } catch (MailboxException | IllegalArgumentException e) {
            throw unknown();
        }
    }

    /** Their own, and those that govern a mailbox that they may read. */
    private Mono<Boolean> mayKnow(QuotaRoot root, FolderSession session) {
        return Mono.fromCallable(() -> resolver.getQuotaRoot(MailboxPath.inbox(session.mailbox())).equals(root))
            .flatMap(own -> own ? Mono.just(true) : Flux.from(resolver.retrieveAssociatedMailboxes(root, session.mailbox()))
                .filterWhen(mailbox -> Mono.fromCallable(() -> mailboxManager.hasRight(mailbox, Right.Read, session.mailbox())))
                .hasElements());
    }

    /** The same for what is not there and what is another's. */
    private static RefusedException unknown() {
        return new RefusedException("NOPERM", "No such quota root.");
    }
}

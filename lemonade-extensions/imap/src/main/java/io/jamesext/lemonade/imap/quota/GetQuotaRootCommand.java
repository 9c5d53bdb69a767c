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

import java.util.function.Consumer;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.GetQuotaRootRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/** GETQUOTAROOT: the quota root of a mailbox. RFC 9208 section 4.1.2: {@code getquotaroot = "GETQUOTAROOT" SP mailbox}. */
public final class GetQuotaRootCommand implements FolderCommand<GetQuotaRootRequest> {
    private final MailboxManager mailboxManager;
    private final QuotaRootResolver resolver;
    private final QuotaRoots quotaRoots;

    public GetQuotaRootCommand(MailboxManager mailboxManager, QuotaRootResolver resolver, QuotaManager quotaManager) {
        this.mailboxManager = mailboxManager;
        this.resolver = resolver;
        this.quotaRoots = new QuotaRoots(quotaManager);
    }

    /** Reads the arguments. */
    public static GetQuotaRootRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        return new GetQuotaRootRequest(tag, arguments.mailbox());
    }

    @Override
    public Class<GetQuotaRootRequest> request() {
        return GetQuotaRootRequest.class;
    }

    @Override
    public Mono<String> run(GetQuotaRootRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> session.names().path(request.getMailboxName()))
            .flatMap(path -> readable(path, session).then(Mono.from(resolver.getQuotaRootReactive(path))))
            .flatMap(root -> quotaRoots.line(root, session).doOnNext(quota -> {
                responses.accept(session.line("QUOTAROOT").mailbox(request.getMailboxName()).string(root.getValue()).end());
                responses.accept(quota);
            }))
            .then(Mono.empty());
    }

    /** RFC 9208 section 4.1.2: the mailbox need not be there; one of another user must, and be readable. */
    private Mono<Void> readable(MailboxPath path, FolderSession session) {
        if (session.names().own(path)) {
            return Mono.empty();
        }
        return Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox()))
            .flatMap(mailbox -> Mono.fromCallable(() -> {
                if (!mailboxManager.hasRight(mailbox.getMailboxEntity(), Right.Read, session.mailbox())) {
                    throw new RefusedException("NOPERM", "Not permitted.");
                }
                return null;
            }));
    }
}

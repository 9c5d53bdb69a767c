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
package io.jamesext.dmap.op.authenticated;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.MailboxQuotaRoot;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the quota root of a mailbox, and what it limits; the mailbox need not be there. RFC 9208 section 4.1.2:
 * {@code "GETQUOTAROOT" SP mailbox}.
 */
public final class GetQuotaRoot implements DmapOperation<OneMailbox> {
    private final QuotaRoots quotaRoots;

    /** On James's quotas. */
    public GetQuotaRoot(QuotaRootResolver resolver, QuotaManager quotas) {
        this.quotaRoots = new QuotaRoots(resolver, quotas);
    }

    @Override
    public String name() {
        return "GETQUOTAROOT";
    }

    @Override
    public OneMailbox parse(DmapReader arguments) {
        return OneMailbox.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(OneMailbox request, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        MailboxPath path = MailboxNames.path(request.mailbox(), user);
        return quotaRoots.of(path).flatMapMany(root -> Flux.concat(
            Mono.just(new MailboxQuotaRoot(MailboxNames.name(path, user), root.getValue())),
            quotaRoots.use(root)));
    }
}

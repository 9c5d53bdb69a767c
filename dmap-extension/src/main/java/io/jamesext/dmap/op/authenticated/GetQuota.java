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

import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Tells what a quota root limits; there is one for each user. RFC 9208 section 4.1.1: {@code "GETQUOTA" SP astring}.
 */
public final class GetQuota implements DmapOperation<GetQuota.Request> {
    /** The quota root's name. */
    public record Request(String root) {
        static Request parse(DmapReader arguments) {
            return new Request(arguments.expectSpace().expectAstring("a quota root"));
        }
    }

    private final QuotaRoots quotaRoots;

    /** On James's quotas. */
    public GetQuota(QuotaRootResolver resolver, QuotaManager quotas) {
        this.quotaRoots = new QuotaRoots(resolver, quotas);
    }

    @Override
    public String name() {
        return "GETQUOTA";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return quotaRoots.of(MailboxPath.inbox(session.mailboxSession()))
            .filter(own -> own.getValue().equals(request.root()))
            // Another user's is as one that is not there.
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_PERMISSION, "no such quota root")))
            .flatMap(quotaRoots::use);
    }
}

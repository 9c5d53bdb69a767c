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

import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaUsageValue;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaManager.Quotas;
import org.apache.james.mailbox.quota.QuotaRootResolver;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.QuotaUse;
import reactor.core.publisher.Mono;

/** What James's quotas allow. */
final class QuotaRoots {
    /** RFC 9208 section 5.1: STORAGE is counted in units of 1024 octets. */
    private static final int STORAGE_UNIT = 1024;

    private final QuotaRootResolver resolver;
    private final QuotaManager quotas;

    QuotaRoots(QuotaRootResolver resolver, QuotaManager quotas) {
        this.resolver = resolver;
        this.quotas = quotas;
    }

    /** The one that a mailbox falls under; the mailbox need not be there. */
    Mono<QuotaRoot> of(MailboxPath path) {
        return Mono.from(resolver.getQuotaRootReactive(path));
    }

    /** What it limits. */
    Mono<DmapReply> use(QuotaRoot root) {
        return Mono.from(quotas.getQuotasReactive(root)).map(found -> new QuotaUse(root.getValue(), resources(found)));
    }

    /** Resources without a limit are not named. */
    private static ImmutableList<QuotaUse.Resource> resources(Quotas quotas) {
        ImmutableList.Builder<QuotaUse.Resource> resources = ImmutableList.builder();
        add(resources, "STORAGE", quotas.getStorageQuota(), STORAGE_UNIT);
        add(resources, "MESSAGE", quotas.getMessageQuota(), 1);
        return resources.build();
    }

    private static <L extends QuotaLimitValue<L>, U extends QuotaUsageValue<U, L>> void add(
            ImmutableList.Builder<QuotaUse.Resource> resources, String name, Quota<L, U> quota, int unit) {
        if (quota.getLimit().isLimited()) {
            resources.add(new QuotaUse.Resource(name, units(quota.getUsed().asLong(), unit), units(quota.getLimit().asLong(), unit)));
        }
    }

    private static long units(long amount, int unit) {
        return Math.max(0, amount / unit + (amount % unit > 0 ? 1 : 0));
    }
}

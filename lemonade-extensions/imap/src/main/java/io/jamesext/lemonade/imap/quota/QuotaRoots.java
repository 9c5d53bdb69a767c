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

import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaUsageValue;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaManager.Quotas;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import reactor.core.publisher.Mono;

/** Writes what a quota root limits. RFC 9208 section 4.2.1: {@code "QUOTA" SP astring SP quota-list}. */
final class QuotaRoots {
    // RFC 9208 section 5.1: STORAGE is counted in units of 1024 octets.
    private static final int STORAGE_UNIT = 1024;

    private final QuotaManager quotaManager;

    QuotaRoots(QuotaManager quotaManager) {
        this.quotaManager = quotaManager;
    }

    Mono<Untagged> line(QuotaRoot root, FolderSession session) {
        return Mono.from(quotaManager.getQuotasReactive(root)).map(quotas -> line(root, quotas, session));
    }

    /** Resources without a limit are not named. */
    private static Untagged line(QuotaRoot root, Quotas quotas, FolderSession session) {
        UntaggedLine line = session.line("QUOTA").string(root.getValue()).open();
        resource(line, "STORAGE", quotas.getStorageQuota(), STORAGE_UNIT);
        resource(line, "MESSAGE", quotas.getMessageQuota(), 1);
        return line.close().end();
    }

    private static <L extends QuotaLimitValue<L>, U extends QuotaUsageValue<U, L>> void resource(UntaggedLine line, String name,
        Quota<L, U> quota, int unit) {
        if (quota.getLimit().isLimited()) {
            line.atom(name).number(units(quota.getUsed().asLong(), unit)).number(units(quota.getLimit().asLong(), unit));
        }
    }

    private static long units(long amount, int unit) {
        return Math.max(0, amount / unit + (amount % unit > 0 ? 1 : 0));
    }
}

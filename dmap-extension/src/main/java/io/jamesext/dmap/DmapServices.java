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
package io.jamesext.dmap;

import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;

import com.google.inject.Inject;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.expunge.ExpungeLog;

/**
 * What the commands work on.
 *
 * @param mailboxManager James's mailboxes
 * @param subscriptions who has subscribed to which
 * @param eventBus James's news of mailboxes
 * @param authentication who the client is
 * @param expunges which messages have gone from them
 * @param quotaRoots which quota a mailbox falls under
 * @param quotas how much of it is used
 */
public record DmapServices(MailboxManager mailboxManager, SubscriptionManager subscriptions, EventBus eventBus,
                           Authentication authentication, ExpungeLog expunges, QuotaRootResolver quotaRoots,
                           QuotaManager quotas) {
    /** By injection. */
    @Inject
    public DmapServices {
    }
}

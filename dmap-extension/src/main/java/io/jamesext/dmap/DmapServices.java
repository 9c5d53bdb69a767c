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

import io.jamesext.dmap.auth.DmapAuthentication;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.submit.Submissions;
import io.jamesext.dmap.sync.MailboxPoints;
import io.jamesext.dmap.sync.SyncEvents;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.flags.FlagUpdates;

/**
 * What the commands work on: James's services and ours.
 *
 * @param mailboxManager the users' mailboxes
 * @param subscriptions to which of them they subscribe
 * @param eventBus James's news of mailboxes
 * @param authentication who the client is
 * @param expunges what was removed from mailboxes
 * @param events what keeps our tables up to date
 * @param points how far each mailbox has come
 * @param flagUpdates what changes flags
 * @param meta what clients keep beside messages
 * @param quotas how much of them is used
 * @param dime keys and signets
 * @param submissions sends messages
 */
public record DmapServices(MailboxManager mailboxManager, SubscriptionManager subscriptions, EventBus eventBus,
                           DmapAuthentication authentication, ExpungeLog expunges, SyncEvents events, MailboxPoints points,
                           FlagUpdates flagUpdates, MetaTable meta, Quotas quotas, Dime dime, Submissions submissions) {
    /** James's quotas: which a mailbox falls under, and how much of it is used. */
    public record Quotas(QuotaRootResolver roots, QuotaManager used) {
        /** By injection. */
        @Inject
        public Quotas {
        }
    }

    /** By injection; the event bus is the one of mailbox events. */
    @Inject
    public DmapServices {
    }
}

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

package io.jamesext.lemonade.imap;

import java.time.Clock;

import org.apache.james.imap.api.process.MailboxTyper;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.user.api.UsersRepository;

import com.google.inject.Inject;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.expunge.ExpungeListener;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.mailbox.GroupListeners;
import io.jamesext.kernel.mailbox.Mailboxes;
import io.jamesext.lemonade.imap.metadata.ServerAnnotations;
import io.jamesext.lemonade.imap.notify.Watches;
import io.jamesext.lemonade.imap.select.OpenFolders;
import io.jamesext.lemonade.imap.select.Registrations;
import io.jamesext.lemonade.imap.sort.MessageOrder;
import io.jamesext.urlauth.MailboxKeys;
import io.jamesext.urlauth.UrlServers;

/** What the IMAP commands work with: services of James's, and the side tables of ours. */
public record ImapServices(Mailboxes mailboxes, SubscriptionManager subscriptionManager, Registrations registrations,
    MailboxTyper mailboxTyper, QuotaManager quotaManager, QuotaRootResolver quotaRootResolver, Authentication authentication,
    MetricFactory metricFactory, Clock clock, MailboxKeys mailboxKeys, ExpungeLog expungeLog,
    ExpungeListener expungeListener, GroupListeners listeners, FlagUpdates flagUpdates, OpenFolders openFolders, Watches watches,
    UrlServers urlServers, MessageOrder messageOrder, UsersRepository users, ServerAnnotations serverAnnotations) {
    @Inject
    public ImapServices {
    }

    /** James's mailboxes. */
    public MailboxManager mailboxManager() {
        return mailboxes.manager();
    }
}

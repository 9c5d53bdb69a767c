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
package io.jamesext.ximss;

import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.user.api.UsersRepository;

import com.google.inject.Inject;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.kernel.auth.Authentication;
import io.jamesext.ximss.account.Accounts;
import io.jamesext.ximss.cli.Commands;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.submit.Submission;
import io.jamesext.ximss.table.FolderTables;
import io.jamesext.ximss.web.WebClient;

/**
 * What the operations work on: James's services and ours.
 *
 * @param mailboxManager James's mailboxes
 * @param mailboxes the same by the names of XIMSS
 * @param classes the classes of mailboxes
 * @param subscriptions what users have subscribed to
 * @param settings what users keep here
 * @param eventBus James's bus of mailbox events
 * @param authentication who the client is
 * @param domains the target domain
 * @param submission what users send
 * @param users James's users
 * @param quotas how full mailboxes are
 * @param quotaRoots which quota a mailbox falls under
 * @param files James's folders, by the names that its configuration has for them
 * @param web other servers
 * @param commands James's command line
 * @param tables what is kept of mailboxes and messages beside James
 * @param accounts what the server keeps of accounts beside James
 * @param personalFiles the users' own files
 * @param scripts the users' Sieve scripts
 */
public record XimssServices(MailboxManager mailboxManager, Mailboxes mailboxes, MailboxClasses classes,
                            SubscriptionManager subscriptions, UserSettings settings, EventBus eventBus, Authentication authentication,
                            Domains domains, Submission submission, UsersRepository users, QuotaManager quotas,
                            QuotaRootResolver quotaRoots, FileSystem files, WebClient web, Commands commands,
                            FolderTables tables, Accounts accounts, PersonalFiles personalFiles, SieveRepository scripts) {
    /** By injection. */
    @Inject
    public XimssServices {
    }
}

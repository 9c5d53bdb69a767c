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

package io.jamesext.cassandra;

import org.apache.james.mailbox.cassandra.mail.CassandraACLDAOV1;
import org.apache.james.mailbox.cassandra.mail.CassandraACLDAOV2;
import org.apache.james.mailbox.cassandra.mail.CassandraApplicableFlagDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraAttachmentDAOV2;
import org.apache.james.mailbox.cassandra.mail.CassandraAttachmentMessageIdDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraDeletedMessageDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraFirstUnseenDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxCounterDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxMapper;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxPathV3DAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxRecentsDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageDAOV3;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageIdDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageIdToImapUidDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraThreadDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraThreadLookupDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraUserMailboxRightsDAO;
import org.apache.james.mailbox.cassandra.modules.CassandraAclModule;
import org.apache.james.mailbox.cassandra.modules.CassandraAnnotationModule;
import org.apache.james.mailbox.cassandra.modules.CassandraApplicableFlagsModule;
import org.apache.james.mailbox.cassandra.modules.CassandraAttachmentModule;
import org.apache.james.mailbox.cassandra.modules.CassandraDeletedMessageModule;
import org.apache.james.mailbox.cassandra.modules.CassandraFirstUnseenModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMailboxCounterModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMailboxModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMailboxRecentsModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMessageModule;
import org.apache.james.mailbox.cassandra.modules.CassandraModSeqModule;
import org.apache.james.mailbox.cassandra.modules.CassandraSubscriptionModule;
import org.apache.james.mailbox.cassandra.modules.CassandraThreadModule;
import org.apache.james.mailbox.cassandra.modules.CassandraUidModule;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;

/** The tables of mailboxes, messages, flags, counters, ACL, subscriptions, annotations, attachments and threads, and their DAOs. */
final class MailboxTablesModule extends AbstractModule {
    @Override
    protected void configure() {
        Schema.tables(binder(), CassandraAclModule.MODULE, CassandraAttachmentModule.MODULE, CassandraMailboxModule.MODULE,
            CassandraMessageModule.MODULE, CassandraMailboxCounterModule.MODULE, CassandraAnnotationModule.MODULE,
            CassandraApplicableFlagsModule.MODULE, CassandraDeletedMessageModule.MODULE, CassandraFirstUnseenModule.MODULE,
            CassandraMailboxRecentsModule.MODULE, CassandraModSeqModule.MODULE, CassandraSubscriptionModule.MODULE,
            CassandraUidModule.MODULE, CassandraThreadModule.MODULE);
        Schema.single(binder(), CassandraApplicableFlagDAO.class, CassandraAttachmentDAOV2.class, CassandraAttachmentMessageIdDAO.class,
            CassandraDeletedMessageDAO.class, CassandraFirstUnseenDAO.class, CassandraMailboxCounterDAO.class, CassandraMailboxDAO.class,
            CassandraMailboxMapper.class, CassandraACLDAOV1.class, CassandraACLDAOV2.class, CassandraMailboxPathV3DAO.class,
            CassandraMailboxRecentsDAO.class, CassandraMessageDAO.class, CassandraMessageDAOV3.class, CassandraMessageIdToImapUidDAO.class,
            CassandraUserMailboxRightsDAO.class, CassandraThreadDAO.class, CassandraThreadLookupDAO.class);
        bind(CassandraMessageIdDAO.class).to(WholeMessagesDAO.class).in(Scopes.SINGLETON);
    }
}

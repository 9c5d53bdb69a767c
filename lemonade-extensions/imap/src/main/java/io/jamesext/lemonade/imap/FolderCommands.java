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

import java.util.ArrayList;
import java.util.List;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.mailbox.MailboxManager;

import io.jamesext.lemonade.imap.acl.DeleteAclCommand;
import io.jamesext.lemonade.imap.acl.GetAclCommand;
import io.jamesext.lemonade.imap.acl.ListRightsCommand;
import io.jamesext.lemonade.imap.acl.MyRightsCommand;
import io.jamesext.lemonade.imap.acl.SetAclCommand;
import io.jamesext.lemonade.imap.folder.ArgumentParser;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderProcessor;
import io.jamesext.lemonade.imap.folder.UntaggedEncoder;
import io.jamesext.lemonade.imap.list.ListCommand;
import io.jamesext.lemonade.imap.list.ListRequest;
import io.jamesext.lemonade.imap.list.LsubCommand;
import io.jamesext.lemonade.imap.mailbox.CreateCommand;
import io.jamesext.lemonade.imap.mailbox.CreateRequest;
import io.jamesext.lemonade.imap.mailbox.DeleteCommand;
import io.jamesext.lemonade.imap.mailbox.MailboxStatus;
import io.jamesext.lemonade.imap.mailbox.RenameCommand;
import io.jamesext.lemonade.imap.mailbox.SpecialUse;
import io.jamesext.lemonade.imap.mailbox.StatusCommand;
import io.jamesext.lemonade.imap.mailbox.StatusRequest;
import io.jamesext.lemonade.imap.mailbox.SubscribeCommand;
import io.jamesext.lemonade.imap.mailbox.UnsubscribeCommand;
import io.jamesext.lemonade.imap.metadata.GetMetadataCommand;
import io.jamesext.lemonade.imap.metadata.GetMetadataRequest;
import io.jamesext.lemonade.imap.metadata.SetMetadataCommand;
import io.jamesext.lemonade.imap.metadata.SetMetadataRequest;
import io.jamesext.lemonade.imap.namespace.NamespaceCommand;
import io.jamesext.lemonade.imap.quota.GetQuotaCommand;
import io.jamesext.lemonade.imap.quota.GetQuotaRootCommand;
import io.jamesext.lemonade.imap.quota.SetQuotaCommand;

/** The table of the commands on mailboxes: a line is a command, how it is read, and what it does. */
final class FolderCommands implements Commands {
    private final List<AbstractImapCommandParser> parsers = new ArrayList<>();
    private final List<AbstractProcessor<?>> processors = new ArrayList<>();
    private final ImapServices services;
    private final StatusResponseFactory responses;

    FolderCommands(ImapServices services, StatusResponseFactory responses) {
        this.services = services;
        this.responses = responses;
        MailboxManager mailboxes = services.mailboxManager();
        SpecialUse specialUse = new SpecialUse(mailboxes, services.mailboxTyper());
        MailboxStatus status = new MailboxStatus(mailboxes);
        add(ImapConstants.CREATE_COMMAND, CreateRequest::parse, new CreateCommand(mailboxes, specialUse));
        add(ImapConstants.DELETE_COMMAND, DeleteCommand::parse, new DeleteCommand(mailboxes));
        add(ImapConstants.RENAME_COMMAND, RenameCommand::parse, new RenameCommand(mailboxes));
        add(ImapConstants.SUBSCRIBE_COMMAND, SubscribeCommand::parse,
            new SubscribeCommand(mailboxes, services.subscriptionManager(), services.watches()));
        add(ImapConstants.UNSUBSCRIBE_COMMAND, UnsubscribeCommand::parse,
            new UnsubscribeCommand(services.subscriptionManager(), services.watches()));
        add(ImapConstants.LIST_COMMAND, ListRequest::parse,
            new ListCommand(mailboxes, services.subscriptionManager(), specialUse, status));
        add(ImapConstants.LSUB_COMMAND, LsubCommand::parse, new LsubCommand(mailboxes, services.subscriptionManager()));
        add(ImapConstants.STATUS_COMMAND, StatusRequest::parse, new StatusCommand(status));
        add(ImapConstants.NAMESPACE_COMMAND, NamespaceCommand::parse, new NamespaceCommand());
        add(ImapConstants.GETMETDATA_COMMAND, GetMetadataRequest::parse,
            new GetMetadataCommand(mailboxes, specialUse, services.serverAnnotations()));
        add(ImapConstants.SETMETADATA_COMMAND, SetMetadataRequest::parse,
            new SetMetadataCommand(mailboxes, specialUse, services.serverAnnotations(), services.users(), services.watches()));
        addRights(mailboxes);
        addQuotas(mailboxes);
    }

    private void addRights(MailboxManager mailboxes) {
        add(ImapConstants.SETACL_COMMAND, SetAclCommand::parse, new SetAclCommand(mailboxes));
        add(ImapConstants.DELETEACL_COMMAND, DeleteAclCommand::parse, new DeleteAclCommand(mailboxes));
        add(ImapConstants.GETACL_COMMAND, GetAclCommand::parse, new GetAclCommand(mailboxes));
        add(ImapConstants.LISTRIGHTS_COMMAND, ListRightsCommand::parse, new ListRightsCommand(mailboxes));
        add(ImapConstants.MYRIGHTS_COMMAND, MyRightsCommand::parse, new MyRightsCommand(mailboxes));
    }

    private void addQuotas(MailboxManager mailboxes) {
        add(ImapConstants.GETQUOTA_COMMAND, GetQuotaCommand::parse,
            new GetQuotaCommand(mailboxes, services.quotaRootResolver(), services.quotaManager()));
        add(ImapConstants.GETQUOTAROOT_COMMAND, GetQuotaRootCommand::parse,
            new GetQuotaRootCommand(mailboxes, services.quotaRootResolver(), services.quotaManager()));
        add(ImapConstants.SETQUOTA_COMMAND, SetQuotaCommand::parse, new SetQuotaCommand());
    }

    private <R extends ImapRequest> void add(ImapCommand name, ArgumentParser.Grammar grammar, FolderCommand<R> command) {
        parsers.add(new ArgumentParser(name, responses, grammar));
        processors.add(new FolderProcessor<>(command, services.mailboxManager(), responses, services.metricFactory()));
    }

    @Override
    public List<AbstractImapCommandParser> parsers() {
        return parsers;
    }

    @Override
    public List<AbstractProcessor<?>> processors() {
        return processors;
    }

    @Override
    public List<ImapResponseEncoder<?>> encoders() {
        return List.of(new UntaggedEncoder());
    }
}

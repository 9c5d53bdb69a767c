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
package io.jamesext.agap.storing;

import java.time.Clock;

import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.james.user.api.UsersRepository;

import com.google.common.io.ByteSource;
import com.google.inject.Inject;

import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.FolderUse;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.folder.ReservedFolder;
import io.jamesext.agap.item.ItemReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.submit.MailSpool;
import reactor.core.publisher.Mono;

/**
 * Adds items to accounts of other users. Mail goes through James's queue like mail from anywhere, so that filters, mailets and quotas
 * apply. Anything else goes into the account's reserved folder for it, where that is PUBLIC and not READ-ONLY: AGAP section 2.9.4, others
 * may view and add. An account that takes no such item looks like none.
 */
public final class Deposits {
    private final Folders folders;
    private final FolderTags tags;
    private final UsersRepository users;
    private final MailSpool spool;
    private final Clock clock;

    /** Somewhere to put an item. */
    @FunctionalInterface
    public interface Deposit {
        /** Puts it there; gives what the client is told. */
        Mono<String> store(String xml);
    }

    /** On James's accounts, mailboxes and mail queue. */
    @Inject
    public Deposits(Folders folders, FolderTags tags, UsersRepository users, MailSpool spool, Clock clock) {
        this.folders = folders;
        this.tags = tags;
        this.users = users;
        this.spool = spool;
        this.clock = clock;
    }

    /** Where an item of a type goes for an account; fails where it takes none. */
    public Mono<Deposit> find(FolderType type, Username account, Sender sender) {
        return switch (type) {
            case MESG -> exists(account).thenReturn(xml -> Blocking.call(() -> enqueue(xml, account, sender)));
            case ADDR -> publicFolder(ReservedFolder.CONTACT, account);
            case CALE -> publicFolder(ReservedFolder.CALENDAR, account);
            case FILE -> publicFolder(ReservedFolder.FILESHARE, account);
            case JRNL -> publicFolder(ReservedFolder.JOURNAL, account);
            case NOTE -> publicFolder(ReservedFolder.NOTE, account);
            case TASK -> publicFolder(ReservedFolder.TASK, account);
            case CONF, FILT, FOLD ->
                Mono.error(new ProtocolException(Failure.SYNTAX, "INVALID folder type (nobody else adds to such a folder)"));
        };
    }

    private Mono<Boolean> exists(Username account) {
        return Blocking.call(() -> users.contains(account)).filter(exists -> exists).switchIfEmpty(Mono.error(Deposits::unknown));
    }

    private Mono<Deposit> publicFolder(ReservedFolder reserved, Username account) {
        return exists(account)
            .map(exists -> folders.sessionOf(account))
            .flatMap(owner -> folders.find(reserved.path(), owner)
                .filterWhen(folder -> folders.type(folder, owner).map(reserved.type()::equals))
                .filterWhen(folder -> tags.of(folder, reserved.type(), owner).doOnNext(FolderUse.WRITE::check)
                    .map(all -> all.contains(FolderTag.PUBLIC)))
                .<Deposit>map(folder -> xml -> append(xml, reserved, folder, owner)))
            .onErrorMap(ProtocolException.class, missing -> unknown())
            .switchIfEmpty(Mono.error(Deposits::unknown));
    }

    private Mono<String> append(String xml, ReservedFolder reserved, Folder folder, MailboxSession owner) {
        return Blocking.call(() -> MessageManager.AppendCommand.builder()
                .build(ItemReader.message(xml, reserved.type(), owner.getUser(), clock.instant())))
            .flatMap(item -> folders.open(folder, owner)
                .flatMap(messages -> Mono.from(messages.appendMessageReactive(item, owner))))
            .map(stored -> "Item stored with UID " + ItemUid.format(stored.getId().getUid()) + " into " + reserved);
    }

    /** Returns when the queue has the mail, which is James's promise to deliver it. It is one that comes in: nothing lets it be relayed. */
    private String enqueue(String xml, Username account, Sender sender) throws Exception {
        byte[] octets = ItemReader.message(xml, FolderType.MESG, account, clock.instant());
        MailImpl mail = MailImpl.builder()
            .name(MailImpl.getId())
            .sender(sender.user().isPresent() ? MaybeSender.of(users.getMailAddressFor(sender.user().get())) : MaybeSender.nullSender())
            .addRecipient(users.getMailAddressFor(account))
            .build();
        mail.setRemoteAddr(sender.address().getHostAddress());
        mail.setRemoteHost(sender.address().getHostAddress());
        try {
            spool.add(mail, ByteSource.wrap(octets));
        } catch (MailQueue.MailQueueException e) {
            throw new ProtocolException(Failure.BUSY, "Cannot store it, please retry later");
        }
        return "Message accepted for " + ReservedFolder.INBOX;
    }

    private static ProtocolException unknown() {
        return new ProtocolException(Failure.NO_SUCH_MAILBOX, "UNKNOWN account name");
    }
}

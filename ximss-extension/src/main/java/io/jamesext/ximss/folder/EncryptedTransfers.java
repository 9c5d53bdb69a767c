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
package io.jamesext.ximss.folder;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.mail.EncryptedCopy;
import io.jamesext.ximss.smime.UserKeys;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Messages on their way from a mailbox to another, or to the same one, encrypted for the user. XIMSS, "Mailbox Operations", messageCopy:
 * the certificate is enough, so the private key may be locked. Each message is a new one, with the flags and the date of the old one.
 */
public final class EncryptedTransfers {
    private static final Set<Right> COPY = EnumSet.of(Right.Read);
    private static final Set<Right> MOVE = EnumSet.of(Right.Read, Right.DeleteMessages, Right.PerformExpunge);

    private final Mailboxes mailboxes;
    private final StoredMessages messages;
    private final UserKeys keys;

    /** On James's mailboxes, and the keys of users. */
    public EncryptedTransfers(Mailboxes mailboxes, StoredMessages messages, UserKeys keys) {
        this.mailboxes = mailboxes;
        this.messages = messages;
        this.keys = keys;
    }

    /** Where the messages go, and what they become there. */
    private record Target(MessageManager mailbox, PermanentFlags settable, X509Certificate certificate) {
    }

    /** The messages stay where they are, too. */
    public Mono<Void> copy(Transfers.Source source, Mono<MessageManager> target, MailboxSession session) {
        return transfer(source, COPY, target, session).then();
    }

    /** The messages leave their mailbox when all of them have been copied. */
    public Mono<Void> move(Transfers.Source source, Mono<MessageManager> target, MailboxSession session) {
        return transfer(source, MOVE, target, session)
            .map(copied -> copied.getComposedMessageId().getUid())
            .collectList()
            .filter(copied -> !copied.isEmpty())
            .flatMap(copied -> source.mailbox().deleteReactive(copied, session));
    }

    private Flux<ComposedMessageIdWithMetaData> transfer(Transfers.Source source, Set<Right> rights, Mono<MessageManager> target,
            MailboxSession session) {
        return mailboxes.require(rights, source.mailbox(), session)
            .then(keys.certificate(session.getUser()))
            .flatMapMany(certificate -> target
                .flatMap(mailbox -> mailboxes.require(Set.of(Right.Insert), mailbox, session)
                    .then(mailboxes.settableFlags(mailbox, session))
                    .map(settable -> new Target(mailbox, settable, certificate)))
                // All are listed before the first is copied: in the same mailbox, the copies would be found, too.
                .flatMapMany(found -> Flux.fromIterable(source.messages())
                    .concatMap(range -> source.mailbox().listMessagesMetadata(range, session))
                    .collectList()
                    .flatMapMany(Flux::fromIterable)
                    .concatMap(listed -> copy(listed, source.mailbox(), found, session).thenReturn(listed), 0)));
    }

    private Mono<Void> copy(ComposedMessageIdWithMetaData listed, MessageManager source, Target target, MailboxSession session) {
        return messages.find(source, listed.getComposedMessageId().getUid().asLong(), session)
            .flatMap(message -> Mono.usingWhen(
                Blocking.call(() -> EncryptedCopy.of(StoredMessages.octets(message), target.certificate)),
                copy -> Blocking.call(() -> append(message, copy, target.settable))
                    .flatMap(append -> Mono.from(target.mailbox.appendMessageReactive(append, session))),
                copy -> Blocking.run(copy::close)))
            .then();
    }

    private static AppendCommand append(MessageResult message, ComposedMessage copy, PermanentFlags settable) throws Exception {
        return AppendCommand.builder()
            .withFlags(settable.of(message.getFlags()))
            .withInternalDate(message.getInternalDate())
            .build(copy.content());
    }
}

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

package io.jamesext.lemonade.imap.append;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.names.MailboxNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores the messages of a command: all of them, or none. RFC 3502. */
public final class Appending {
    private static final Logger LOGGER = LoggerFactory.getLogger(Appending.class);

    /** What has been stored: the mailbox, and the UIDs in the order of the messages. */
    public record Appended(MessageManager mailbox, List<MessageUid> uids) {
        public Appended {
            uids = List.copyOf(uids);
        }

        /** RFC 4315 section 3, resp-code-apnd, with the set of RFC 3502. */
        public String code() throws MailboxException {
            return "APPENDUID " + mailbox.getMailboxEntity().getUidValidity().asLong() + " " + set();
        }

        /** Removes the messages again. */
        public Mono<Void> undo(MailboxSession session) {
            // Of none, James would tell the world.
            return uids.isEmpty() ? Mono.empty() : mailbox.deleteReactive(uids, session);
        }

        private String set() {
            StringBuilder set = new StringBuilder();
            for (int first = 0; first < uids.size();) {
                int last = first;
                while (last + 1 < uids.size() && uids.get(last + 1).asLong() == uids.get(last).asLong() + 1) {
                    last++;
                }
                set.append(first == 0 ? "" : ",").append(uids.get(first).asLong());
                if (last > first) {
                    set.append(':').append(uids.get(last).asLong());
                }
                first = last + 1;
            }
            return set.toString();
        }
    }

    private record Prepared(Content content, Flags flags, Optional<Date> internalDate) {
    }

    private final MailboxManager mailboxManager;
    private final QuotaManager quotaManager;
    private final QuotaRootResolver quotaRootResolver;
    private final MessageAssembly assembly;

    public Appending(MailboxManager mailboxManager, QuotaManager quotaManager, QuotaRootResolver quotaRootResolver,
                     MessageAssembly assembly) {
        this.mailboxManager = mailboxManager;
        this.quotaManager = quotaManager;
        this.quotaRootResolver = quotaRootResolver;
        this.assembly = assembly;
    }

    /** Stores the messages in the mailbox of that name, or fails with an {@link AppendException} and has stored none of them. */
    public Mono<Appended> append(String mailboxName, List<NewMessage> messages, ImapSession session, AppendLimits limits) {
        List<Spool> spools = new ArrayList<>();
        return Mono.defer(() -> mailbox(mailboxName, session))
            .flatMap(mailbox -> prepare(mailbox, messages, session, limits, spools)
                .flatMap(prepared -> checkQuota(mailbox, prepared).thenReturn(prepared))
                .flatMap(prepared -> store(mailbox, prepared, session)))
            .onErrorMap(MailboxNotFoundException.class, e -> AppendException.noMailbox())
            .onErrorMap(MailboxNameException.class, e -> AppendException.noMailbox())
            .onErrorMap(OverQuotaException.class, e -> AppendException.overQuota())
            .doFinally(signal -> close(spools));
    }

    private Mono<MessageManager> mailbox(String name, ImapSession session) {
        return Mono.fromCallable(() -> MailboxNames.of(session).path(name))
            .flatMap(path -> Mono.from(mailboxManager.getMailboxReactive(path, session.getMailboxSession())));
    }

    private Mono<List<Prepared>> prepare(MessageManager mailbox, List<NewMessage> messages, ImapSession session, AppendLimits limits,
                                         List<Spool> spools) {
        MessageAssembly.Room room = new MessageAssembly.Room(limits.maxBytes());
        boolean ascii = limits.wantsAsciiHeader(session);
        return Mono.fromCallable(() -> rights(mailbox, session.getMailboxSession()))
            .flatMapMany(rights -> Flux.fromIterable(messages)
                .concatMap(message -> assembly.assemble(message, session.getMailboxSession(), room, spools)
                    .flatMap(content -> Mono.fromCallable(() -> ascii ? HeaderOctets.ascii(content) : content))
                    // RFC 4314 section 4: flags that the user has no right to set are left out, and the message is stored.
                    .map(content -> new Prepared(content, PermanentFlags.of(rights).of(message.flags()), message.internalDate()))))
            .collectList();
    }

    private MailboxACL.Rfc4314Rights rights(MessageManager mailbox, MailboxSession session) throws MailboxException {
        MailboxACL.Rfc4314Rights rights = mailboxManager.myRights(mailbox.getMailboxEntity(), session);
        if (rights.contains(Right.Insert)) {
            return rights;
        }
        // RFC 4314 section 6: what may not even be looked up is not there.
        throw rights.contains(Right.Lookup) || rights.contains(Right.Read) ? AppendException.notPermitted() : AppendException.noMailbox();
    }

    private Mono<Void> checkQuota(MessageManager mailbox, List<Prepared> prepared) {
        if (prepared.size() == 1) {
            // James checks one message before it stores it.
            return Mono.empty();
        }
        long sizeBytes = prepared.stream().mapToLong(message -> MessageAssembly.sizeBytes(message.content())).sum();
        return Mono.fromCallable(mailbox::getMailboxEntity)
            .flatMap(entity -> Mono.from(quotaRootResolver.getQuotaRootReactive(entity)))
            .flatMap(root -> Mono.from(quotaManager.getQuotasReactive(root)))
            .flatMap(quotas -> quotas.getMessageQuota().isOverQuotaWithAdditionalValue(prepared.size())
                || quotas.getStorageQuota().isOverQuotaWithAdditionalValue(sizeBytes)
                    ? Mono.error(AppendException.overQuota())
                    : Mono.empty());
    }

    private static Mono<Appended> store(MessageManager mailbox, List<Prepared> prepared, ImapSession session) {
        SelectedMailbox selected = session.getSelected();
        boolean isSelected = selected != null && selected.getMailboxId().equals(mailbox.getId());
        List<MessageUid> stored = new ArrayList<>();
        return Flux.fromIterable(prepared)
            .concatMap(message -> Mono.from(mailbox.appendMessageReactive(command(message, !isSelected), session.getMailboxSession())))
            .doOnNext(result -> stored.add(result.getId().getUid()))
            .then(Mono.fromCallable(() -> {
                if (isSelected) {
                    for (MessageUid uid : stored) {
                        selected.addRecent(uid);
                    }
                }
                return new Appended(mailbox, stored);
            }))
            .onErrorResume(e -> new Appended(mailbox, stored).undo(session.getMailboxSession()).then(Mono.error(e)));
    }

    private static MessageManager.AppendCommand command(Prepared message, boolean recent) {
        MessageManager.AppendCommand.Builder command = MessageManager.AppendCommand.builder().withFlags(message.flags()).isRecent(recent);
        message.internalDate().ifPresent(command::withInternalDate);
        return command.build(message.content());
    }

    private static void close(List<Spool> spools) {
        if (!spools.isEmpty()) {
            Blocking.SCHEDULER.schedule(() -> {
                for (Spool spool : spools) {
                    try {
                        spool.close();
                    } catch (IOException e) {
                        LOGGER.warn("The temporary file of a message could not be removed", e);
                    }
                }
            });
        }
    }
}

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

package io.jamesext.lemonade.imap.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AbstractMessageRangeRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.select.MessageSet;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages on their way from the selected mailbox to another. */
final class Transfer {
    private final MessageManager source;
    private final MessageManager target;
    /** The flags that the user may set in the target. */
    private final PermanentFlags permitted;
    private final MailboxSession session;
    private final List<MessageUid> sources = new ArrayList<>();
    private final List<MessageUid> copies = new ArrayList<>();

    /** Why a transfer does not begin. */
    static final class Refused extends Exception {
        private final String code;
        private final String why;

        Refused(String code, String why) {
            super(why);
            this.code = code;
            this.why = why;
        }

        ImapResponseMessage answer(ImapRequest request) {
            return StatusLine.no(request, code, why);
        }

        /** What James's exceptions mean to a client; any other stays what it is. */
        static Throwable of(Throwable e) {
            return e instanceof OverQuotaException ? new Refused("OVERQUOTA", "The quota of the target does not allow it.") : e;
        }
    }

    /** How James is asked to take one range of messages, and says what they have become. */
    @FunctionalInterface
    interface Carrier {
        /** Takes them. */
        Publisher<MessageRange> carry(MessageRange range, MessageManager source, MessageManager target);
    }

    private Transfer(MessageManager source, MessageManager target, PermanentFlags permitted, MailboxSession session) {
        this.source = source;
        this.target = target;
        this.permitted = permitted;
        this.session = session;
    }

    /** From the selected mailbox to the one that the command names, where the user may; else {@link Refused}. */
    static Mono<Transfer> begin(AbstractMessageRangeRequest request, ImapSession session, MailboxManager mailboxes, Right... needed) {
        return Mono.fromCallable(() -> MailboxNames.of(session).path(request.getMailboxName()))
            .flatMap(path -> Mono.from(mailboxes.getMailboxReactive(path, session.getMailboxSession())))
            // RFC 3501 section 6.4.7: TRYCREATE.
            .onErrorMap(MailboxNotFoundException.class, e -> new Refused("TRYCREATE", "There is no such mailbox."))
            .flatMap(target -> Mono.from(mailboxes.getMailboxReactive(session.getSelected().getMailboxId(), session.getMailboxSession()))
                .onErrorMap(MailboxNotFoundException.class, e -> new Refused("NONEXISTENT", "The mailbox is gone."))
                .flatMap(source -> Mono.fromCallable(() -> {
                    Rfc4314Rights onTarget = mailboxes.myRights(target.getMailboxEntity(), session.getMailboxSession());
                    Rfc4314Rights onSource = mailboxes.myRights(source.getMailboxEntity(), session.getMailboxSession());
                    check(onTarget.contains(Right.Insert) && onSource.contains(needed), "NOPERM", "You may not do that.");
                    // On Cassandra James knows a message once in a mailbox: the second would take the place of the first.
                    check(!source.getId().equals(target.getId()), "CANNOT", "A message cannot be twice in a mailbox.");
                    return new Transfer(source, target, PermanentFlags.of(onTarget), session.getMailboxSession());
                })));
    }

    private static void check(boolean condition, String code, String why) throws Refused {
        if (!condition) {
            throw new Refused(code, why);
        }
    }

    /** Those of the messages that are still there. A client that names one by number must not be told that it was transferred. */
    Mono<Transfer> find(MessageSet messages, SelectedFolder folder, boolean byUid) {
        return Flux.fromIterable(messages.ranges())
            .concatMap(range -> source.listMessagesMetadata(range, session))
            .map(message -> message.getComposedMessageId().getUid())
            .filter(uid -> folder.msn(uid).asInt().isPresent())
            .collectList()
            .flatMap(found -> {
                sources.addAll(found);
                return byUid || found.size() == messages.uids().size()
                    ? Mono.just(this)
                    : Mono.error(new Refused("EXPUNGEISSUED", "Some of the messages no longer exist."));
            });
    }

    /**
     * Takes them, range by range; what was taken before a failure is in {@link #copies}. James takes them with all their flags: those that
     * the user may not set in the target go at once. RFC 4314 section 4.
     */
    Mono<Void> run(MessageSet messages, Carrier carrier, FlagUpdates flags) {
        return Flux.fromIterable(sources.isEmpty() ? List.<MessageRange>of() : messages.ranges())
            .concatMap(range -> Flux.from(carrier.carry(range, source, target))
                .map(ImmutableList::<MessageUid>copyOf)
                .doOnNext(copies::addAll)
                .concatMap(taken -> Mono.fromCallable(target::getMailboxEntity)
                    .flatMap(mailbox -> flags.restrict(mailbox, session, permitted, taken))))
            .onErrorMap(Refused::of)
            .then();
    }

    /** RFC 3501 section 6.4.7: a COPY that fails leaves the target as it was. */
    Mono<Void> undo() {
        return copies.isEmpty() ? Mono.empty() : target.deleteReactive(copies, session);
    }

    MessageManager source() {
        return source;
    }

    /** What was transferred. */
    List<MessageUid> transferred() {
        return sources.subList(0, Math.min(sources.size(), copies.size()));
    }

    boolean isEmpty() {
        return copies.isEmpty();
    }

    /** RFC 4315 section 3: COPYUID, UIDs in the same order; James takes messages in the order of their UIDs. */
    String copyUid() throws Exception {
        return "COPYUID " + target.getMailboxEntity().getUidValidity().asLong() + " " + set(transferred()) + " " + set(copies);
    }

    private static String set(Collection<MessageUid> uids) {
        return MessageRange.toRanges(uids).stream()
            .map(range -> IdRange.from(range).getFormattedString())
            .collect(Collectors.joining(","));
    }
}

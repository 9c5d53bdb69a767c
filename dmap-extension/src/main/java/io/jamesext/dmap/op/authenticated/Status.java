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
package io.jamesext.dmap.op.authenticated;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.MailboxStatus;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells how a mailbox stands without selecting it. Draft section 7.3.9: {@code "STATUS" SP mailbox SP "(" item *(SP item) ")"}. No
 * wildcards (CREF17).
 */
public final class Status implements DmapOperation<Status.Request> {
    /** The items of draft section 7.3.9, RFC 7162 section 3.1.7, RFC 8438, RFC 9051 section 6.3.11 and RFC 8474 section 4.3. */
    public enum Item {
        /** How many messages there are. */
        MESSAGES,
        /** The UID that the next message will have at least. */
        UIDNEXT,
        /** What makes UIDs comparable. */
        UIDVALIDITY,
        /** How many are not \Seen. */
        UNSEEN,
        /** How far it has changed. */
        HIGHESTMODSEQ,
        /** How many are \Deleted. */
        DELETED,
        /** The octets of all messages together. */
        SIZE,
        /** What stays the mailbox's when it is renamed. */
        MAILBOXID;

        private String of(Known known) {
            MailboxMetaData metaData = known.metaData();
            return switch (this) {
                case MESSAGES -> Long.toString(metaData.getMessageCount());
                case UIDNEXT -> Long.toString(metaData.getUidNext().asLong());
                case UIDVALIDITY -> Long.toString(metaData.getUidValidity().asLong());
                case UNSEEN -> Long.toString(metaData.getUnseenCount());
                case HIGHESTMODSEQ -> Long.toString(metaData.getHighestModSeq().asLong());
                case DELETED -> Long.toString(known.deleted());
                case SIZE -> Long.toString(known.octets());
                case MAILBOXID -> "(" + known.id().serialize() + ")";
            };
        }
    }

    /** All that the items can tell. */
    private record Known(MailboxId id, MailboxMetaData metaData, long deleted, long octets) {
    }

    /** The mailbox's name, and what is wanted in this order. */
    public record Request(String mailbox, ImmutableList<Item> items) {
        static Request parse(DmapReader arguments) {
            String mailbox = arguments.expectSpace().expectAstring("a mailbox name");
            arguments.expectSpace().expect('(');
            return new Request(mailbox, arguments.restOfList(() -> item(arguments)));
        }

        /** Reads one item; LIST has them too. */
        static Item item(DmapReader arguments) {
            String what = "a status item";
            return Enums.getIfPresent(Item.class, arguments.expectWord(what)).toJavaUtil().orElseThrow(() -> arguments.expected(what));
        }
    }

    private final MailboxManager mailboxManager;

    /** On James's mailboxes. */
    public Status(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    @Override
    public String name() {
        return "STATUS";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        if (request.items().contains(Item.HIGHESTMODSEQ)) {
            session.enable(Extension.CONDSTORE);
        }
        MailboxSession user = session.mailboxSession();
        return of(MailboxNames.path(request.mailbox(), user), request.items(), user);
    }

    /** The STATUS response of a mailbox; LIST has it too. */
    Mono<DmapReply> of(MailboxPath path, ImmutableList<Item> items, MailboxSession user) {
        return Mono.from(mailboxManager.getMailboxReactive(path, user))
            .flatMap(mailbox -> Mono.zip(metaData(mailbox, user), deleted(mailbox, items, user), octets(mailbox, items, user))
                .map(read -> new Known(mailbox.getId(), read.getT1(), read.getT2(), read.getT3())))
            .map(known -> new MailboxStatus(MailboxNames.name(path, user), values(items, known)));
    }

    private static Mono<MailboxMetaData> metaData(MessageManager mailbox, MailboxSession user) {
        return Blocking.call(() -> mailbox.getMetaData(MailboxMetaData.RecentMode.IGNORE, user,
            EnumSet.of(MailboxMetaData.Item.MailboxCounters, MailboxMetaData.Item.NextUid, MailboxMetaData.Item.HighestModSeq)));
    }

    /** James does not count these; they are read from the messages' metadata, one at a time. */
    private static Mono<Long> deleted(MessageManager mailbox, ImmutableList<Item> items, MailboxSession user) {
        return !items.contains(Item.DELETED) ? Mono.just(0L) : Flux.from(mailbox.listMessagesMetadata(MessageRange.all(), user))
            .filter(message -> message.getFlags().contains(Flags.Flag.DELETED))
            .count();
    }

    /** Nor does it add these up. */
    private static Mono<Long> octets(MessageManager mailbox, ImmutableList<Item> items, MailboxSession user) {
        return !items.contains(Item.SIZE) ? Mono.just(0L)
            : Flux.from(mailbox.getMessagesReactive(MessageRange.all(), FetchGroup.MINIMAL, user))
                .reduce(0L, (sum, message) -> sum + message.getSize());
    }

    private static Map<String, String> values(ImmutableList<Item> items, Known known) {
        Map<String, String> values = new LinkedHashMap<>();
        items.forEach(item -> values.put(item.name(), item.of(known)));
        return values;
    }
}

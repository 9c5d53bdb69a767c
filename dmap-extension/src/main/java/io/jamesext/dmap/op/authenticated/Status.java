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

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
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
import reactor.core.publisher.Mono;

/**
 * Tells how a mailbox stands without selecting it. Draft section 7.3.9: {@code "STATUS" SP mailbox SP "(" item *(SP item) ")"}. No
 * wildcards (CREF17).
 */
public final class Status implements DmapOperation<Status.Request> {
    /** The four items of draft section 7.3.9, and that of RFC 7162 section 3.1.7. */
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
        HIGHESTMODSEQ;

        private long of(MailboxMetaData metaData) {
            return switch (this) {
                case MESSAGES -> metaData.getMessageCount();
                case UIDNEXT -> metaData.getUidNext().asLong();
                case UIDVALIDITY -> metaData.getUidValidity().asLong();
                case UNSEEN -> metaData.getUnseenCount();
                case HIGHESTMODSEQ -> metaData.getHighestModSeq().asLong();
            };
        }
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
            String what = "MESSAGES, UIDNEXT, UIDVALIDITY, UNSEEN or HIGHESTMODSEQ";
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
            .flatMap(mailbox -> Blocking.call(() -> mailbox.getMetaData(MailboxMetaData.RecentMode.IGNORE, user,
                EnumSet.of(MailboxMetaData.Item.MailboxCounters, MailboxMetaData.Item.NextUid, MailboxMetaData.Item.HighestModSeq))))
            .map(metaData -> new MailboxStatus(MailboxNames.name(path, user), values(items, metaData)));
    }

    private static Map<String, Long> values(ImmutableList<Item> items, MailboxMetaData metaData) {
        Map<String, Long> values = new LinkedHashMap<>();
        items.forEach(item -> values.put(item.name(), item.of(metaData)));
        return values;
    }
}

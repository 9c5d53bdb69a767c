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
import java.util.List;

import javax.mail.Flags;

import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.ApplicableFlags;
import io.jamesext.dmap.reply.Condition;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Exists;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.reply.Status;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What SELECT and EXAMINE do alike. Draft sections 7.3.1 and 7.3.2. */
public final class Selection {
    /** The mailbox's name. */
    public record Request(String mailbox) {
        static Request parse(DmapReader arguments) {
            return new Request(arguments.expectSpace().expectAstring("a mailbox name"));
        }
    }

    private record Opened(SelectedMailbox mailbox, MailboxMetaData metaData, Flags flags) {
    }

    private final MailboxManager mailboxManager;
    private final EventBus eventBus;

    Selection(MailboxManager mailboxManager, EventBus eventBus) {
        this.mailboxManager = mailboxManager;
        this.eventBus = eventBus;
    }

    Flux<DmapReply> of(Request request, boolean readOnly, DmapSession session) {
        // Draft section 7.3.1: deselected "before attempting the new selection"; CREF10: CLOSED, RFC 7162 section 3.2.11.
        Mono<DmapReply> left = session.state() == DmapState.SELECTED
            ? session.deselected().thenReturn(Status.untagged(Condition.OK, new ResponseCode.Plain("CLOSED"), "Mailbox left"))
            : Mono.empty();
        return Flux.concat(left, Flux.defer(() -> open(request, readOnly, session)
            .doOnNext(opened -> selected(opened, session))
            .flatMapIterable(Selection::replies)));
    }

    private Mono<Opened> open(Request request, boolean readOnly, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        return Mono.from(mailboxManager.getMailboxReactive(MailboxNames.path(request.mailbox(), user), user))
            .flatMap(mailbox -> Mono.zip(metaData(mailbox, user), Mono.from(mailbox.getApplicableFlagsReactive(user)))
                .flatMap(known -> SelectedMailbox.open(eventBus, mailbox, user, readOnly || !known.getT1().isWriteable())
                    .map(selected -> new Opened(selected, known.getT1(), known.getT2()))));
    }

    private static Mono<MailboxMetaData> metaData(MessageManager mailbox, MailboxSession user) {
        return Blocking.call(() -> mailbox.getMetaData(MailboxMetaData.RecentMode.IGNORE, user,
            EnumSet.of(MailboxMetaData.Item.NextUid, MailboxMetaData.Item.HighestModSeq)));
    }

    private static void selected(Opened opened, DmapSession session) {
        session.selected(opened.mailbox());
        session.answerWith(new ResponseCode.Plain(opened.mailbox().isReadOnly() ? "READ-ONLY" : "READ-WRITE"));
    }

    private static List<DmapReply> replies(Opened opened) {
        MailboxMetaData metaData = opened.metaData();
        ImmutableList<String> flags = DmapFlags.applicable(opened.flags());
        // Draft section 7.3.2: nothing can be changed permanently after EXAMINE.
        ImmutableList<String> permanent = opened.mailbox().isReadOnly() ? ImmutableList.of()
            : ImmutableList.<String>builder().addAll(flags).add("\\*").build();
        return ImmutableList.of(
            new ApplicableFlags(flags),
            new Exists(opened.mailbox().count()),
            Status.untagged(Condition.OK, new ResponseCode.PermanentFlags(permanent), "Permanent flags"),
            Status.untagged(Condition.OK, new ResponseCode.Numbered("UIDNEXT", metaData.getUidNext().asLong()), "Predicted next UID"),
            Status.untagged(Condition.OK, new ResponseCode.Numbered("UIDVALIDITY", metaData.getUidValidity().asLong()), "UIDs valid"),
            // RFC 8474 section 4.2.
            Status.untagged(Condition.OK, ResponseCode.With.objectId("MAILBOXID", opened.mailbox().mailbox().getId().serialize()),
                "Mailbox"),
            Status.untagged(Condition.OK, new ResponseCode.Numbered("HIGHESTMODSEQ", metaData.getHighestModSeq().asLong()),
                "Highest modification sequence"));
    }
}

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
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.DmapServices;
import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.ApplicableFlags;
import io.jamesext.dmap.reply.Condition;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Exists;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.reply.Status;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What SELECT and EXAMINE do alike. Draft sections 7.3.1 and 7.3.2, RFC 7162 section 3.2.5. The order matters: first the mailbox's events
 * are heard, then its mod-sequence is read, then its messages, then the log of expunges. So no client learns of a mod-sequence without what
 * happened up to it.
 */
public final class Selection {
    /**
     * What is to be opened.
     *
     * @param mailbox its name
     * @param condstore true when the client wants each changed message with its MODSEQ from now on
     * @param resync what the client knows already
     */
    public record Request(String mailbox, boolean condstore, Optional<Resync> resync) {
        static Request parse(DmapReader arguments) {
            String mailbox = arguments.expectSpace().expectAstring("a mailbox name");
            if (!arguments.accept(' ')) {
                return new Request(mailbox, false, Optional.empty());
            }
            arguments.expect('(');
            List<Optional<Resync>> parameters = arguments.restOfList(() -> parameter(arguments));
            return new Request(mailbox, true, parameters.stream().flatMap(Optional::stream).findFirst());
        }

        private static Optional<Resync> parameter(DmapReader arguments) {
            if (arguments.acceptWord("CONDSTORE")) {
                return Optional.empty();
            }
            if (!arguments.acceptWord("QRESYNC")) {
                throw arguments.expected("CONDSTORE or QRESYNC");
            }
            return Optional.of(Resync.parse(arguments));
        }
    }

    private record Opened(SelectedMailbox mailbox, MailboxMetaData before, MailboxMetaData after, Flags flags, List<MessageState> changed) {
    }

    private final MailboxManager mailboxManager;
    private final EventBus eventBus;
    private final ExpungeLog log;

    Selection(DmapServices services) {
        this.mailboxManager = services.mailboxManager();
        this.eventBus = services.eventBus();
        this.log = services.expunges();
    }

    Flux<DmapReply> of(Request request, boolean readOnly, DmapSession session) {
        if (request.resync().isPresent() && !session.has(Extension.QRESYNC)) {
            // RFC 7162 section 3.2.5: BAD.
            throw new ProtocolException(Failure.SYNTAX, "QRESYNC was not enabled");
        }
        session.requireUids(request.resync().flatMap(Resync::match).isEmpty());
        if (request.condstore()) {
            session.enable(Extension.CONDSTORE);
        }
        // Draft section 7.3.1: deselected "before attempting the new selection"; CREF10: CLOSED, RFC 7162 section 3.2.11.
        Mono<DmapReply> left = session.state() == DmapState.SELECTED
            ? session.deselected().thenReturn(Status.untagged(Condition.OK, new ResponseCode.Plain("CLOSED"), "Mailbox left"))
            : Mono.empty();
        return Flux.concat(left, Flux.defer(() -> open(request, readOnly, session)));
    }

    private Flux<DmapReply> open(Request request, boolean readOnly, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        return Mono.from(mailboxManager.getMailboxReactive(MailboxNames.path(request.mailbox(), user), user))
            .flatMap(mailbox -> Blocking.call(() -> mailbox.isWriteable(user))
                .flatMap(writable -> SelectedMailbox.listen(eventBus, mailbox, user, readOnly || !writable)))
            .flatMap(selected -> load(selected, request, user)
                .onErrorResume(error -> selected.release().then(Mono.error(error))))
            .flatMapMany(opened -> tell(opened, request, session));
    }

    private Flux<DmapReply> tell(Opened opened, Request request, DmapSession session) {
        SelectedMailbox selected = opened.mailbox();
        session.selected(selected);
        session.answerWith(new ResponseCode.Plain(selected.isReadOnly() ? "READ-ONLY" : "READ-WRITE"));
        return Flux.concat(Flux.fromIterable(replies(opened, session.mode())), resynchronized(opened, request, session))
            // Draft section 7.3.1: when SELECT fails, no mailbox is selected.
            .onErrorResume(error -> session.deselected().thenMany(Flux.error(error)));
    }

    private Mono<Opened> load(SelectedMailbox selected, Request request, MailboxSession user) {
        MessageManager mailbox = selected.mailbox();
        return log.begin(mailbox.getId())
            .then(metaData(mailbox, user, MailboxMetaData.Item.HighestModSeq))
            .flatMap(before -> selected.load(user, request.resync().map(Resync::modSeq))
                .flatMap(changed -> Mono.zip(metaData(mailbox, user, MailboxMetaData.Item.NextUid),
                        Mono.from(mailbox.getApplicableFlagsReactive(user)))
                    .map(known -> new Opened(selected, before, known.getT1(), known.getT2(), changed))));
    }

    private static Mono<MailboxMetaData> metaData(MessageManager mailbox, MailboxSession user, MailboxMetaData.Item item) {
        return Blocking.call(() -> mailbox.getMetaData(MailboxMetaData.RecentMode.IGNORE, user, EnumSet.of(item)));
    }

    /** RFC 7162 section 3.2.5: with another UIDVALIDITY the remaining parameters mean nothing. */
    private Flux<DmapReply> resynchronized(Opened opened, Request request, DmapSession session) {
        return Mono.justOrEmpty(request.resync())
            .filter(resync -> resync.uidValidity() == opened.before().getUidValidity().asLong())
            .flatMapMany(resync -> resync.replies(opened.mailbox(), opened.changed(), log, session.telling(true)));
    }

    private static List<DmapReply> replies(Opened opened, Mode mode) {
        ImmutableList<String> flags = DmapFlags.applicable(opened.flags(), mode);
        // Draft section 7.3.2: nothing can be changed permanently after EXAMINE.
        ImmutableList<String> permanent = opened.mailbox().isReadOnly() ? ImmutableList.of()
            : ImmutableList.<String>builder().addAll(flags).addAll(DmapFlags.takesKeywords(mode) ? List.of("\\*") : List.of()).build();
        return ImmutableList.of(
            new ApplicableFlags(flags),
            new Exists(opened.mailbox().count()),
            Status.untagged(Condition.OK, new ResponseCode.PermanentFlags(permanent), "Permanent flags"),
            numbered("UIDNEXT", opened.after().getUidNext().asLong(), "Predicted next UID"),
            numbered("UIDVALIDITY", opened.before().getUidValidity().asLong(), "UIDs valid"),
            // RFC 8474 section 4.2.
            Status.untagged(Condition.OK, ResponseCode.With.objectId("MAILBOXID", opened.mailbox().mailbox().getId().serialize()),
                "Mailbox"),
            numbered("HIGHESTMODSEQ", opened.before().getHighestModSeq().asLong(), "Highest modification sequence"));
    }

    private static Status numbered(String code, long number, String text) {
        return Status.untagged(Condition.OK, new ResponseCode.Numbered(code, number), text);
    }
}

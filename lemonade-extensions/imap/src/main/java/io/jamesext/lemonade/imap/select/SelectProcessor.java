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

package io.jamesext.lemonade.imap.select;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SearchResUtil;
import org.apache.james.imap.message.response.ExistsResponse;
import org.apache.james.imap.message.response.FlagsResponse;
import org.apache.james.imap.message.response.RecentResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.lemonade.imap.frame.FramedSession;
import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.publisher.Mono;

/**
 * Runs SELECT and EXAMINE, and turns CONDSTORE and QRESYNC on. RFC 3501 sections 6.3.1 and 6.3.2, RFC 4314 section 5.2, RFC 7162 section 3,
 * RFC 8474 section 4.2.
 */
public final class SelectProcessor extends AbstractMailboxProcessor<SelectRequest> implements PermitEnableCapabilityProcessor {
    private static final List<Capability> CAPABILITIES = List.of(ImapConstants.SUPPORTS_CONDSTORE, ImapConstants.SUPPORTS_QRESYNC);

    private final Opening opening;
    private final ExpungeLog log;
    private final Function<ImapSession, List<ImapResponseMessage>> more;

    /** What the processor works with besides what all of James's do. */
    public record Services(Registrations registrations, ExpungeLog log, OpenFolders openFolders) {
    }

    private record Target(MessageManager manager, boolean writeable, Rfc4314Rights rights) {
    }

    /**
     * @param more what other extensions say of a mailbox that has just been opened, such as URLMECH of RFC 4467
     */
    public SelectProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, Services services,
                           Function<ImapSession, List<ImapResponseMessage>> more) {
        super(SelectRequest.class, mailboxes, responses, metrics);
        this.opening = new Opening(mailboxes, services);
        this.log = services.log();
        this.more = more;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    public List<Capability> getPermitEnableCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    /** RFC 7162 section 3.2.3: ENABLE QRESYNC enables CONDSTORE too. */
    @Override
    public Mono<Void> enable(ImapMessage message, Responder responder, ImapSession session, Capability capability) {
        return Condstore.enable(session, responder);
    }

    @Override
    protected Mono<Void> processRequestReactive(SelectRequest request, ImapSession session, Responder responder) {
        if (request.resync().isPresent() && !Condstore.qresync(session)) {
            // RFC 7162 section 3.2.5.
            taggedBad(request, responder, HumanReadableText.QRESYNC_NOT_ENABLED);
            return Mono.empty();
        }
        return leave(session, responder)
            .then(Mono.fromCallable(() -> MailboxNames.of(session).path(request.mailbox())))
            .flatMap(path -> Mono.from(getMailboxManager().getMailboxReactive(path, session.getMailboxSession())))
            .flatMap(manager -> Mono.fromCallable(() -> new Target(manager, manager.isWriteable(session.getMailboxSession()),
                    getMailboxManager().myRights(manager.getMailboxEntity(), session.getMailboxSession()))))
            .flatMap(target -> open(request, session, responder, target))
            .onErrorResume(MailboxNotFoundException.class, e -> Mono.fromRunnable(() ->
                no(request, responder, HumanReadableText.FAILURE_NO_SUCH_MAILBOX)));
    }

    /** RFC 3501 section 6.3.1: the mailbox of before is left even if the next cannot be opened. RFC 7162 section 3.2.11: CLOSED. */
    private static Mono<Void> leave(ImapSession session, Responder responder) {
        if (session.getSelected() == null) {
            return Mono.empty();
        }
        return session.deselect().then(Mono.fromRunnable(() -> {
            ReadOnly.set(session, false);
            responder.respond(UntaggedStatus.ok("CLOSED", "Previous mailbox closed."));
        }));
    }

    private Mono<Void> open(SelectRequest request, ImapSession session, Responder responder, Target target) {
        if (!target.rights().contains(Right.Read)) {
            // RFC 4314 section 4: SELECT and EXAMINE need "r". RFC 5530 section 3: NOPERM.
            responder.respond(StatusLine.no(request, "NOPERM", "You may not read that mailbox."));
            return Mono.empty();
        }
        boolean readOnly = request.readOnly() || !target.writeable();
        SelectedFolder folder = new SelectedFolder(getMailboxManager(), target.manager(), session.getMailboxSession(),
            request.readOnly() ? PermanentFlags.NONE : PermanentFlags.of(target.rights()));
        folder.news().listen(FramedSession.of(session)::ring);
        return opening.open(folder, session, request.resync(), !readOnly)
            .flatMap(opened -> session.selected(folder).thenReturn(opened))
            .doOnNext(opened -> {
                ReadOnly.set(session, request.readOnly());
                SearchResUtil.resetSavedSequenceSet(session);
                if (request.condstore()) {
                    Condstore.enable(session);
                }
                tell(folder, opened, session, responder);
            })
            .flatMap(opened -> resynchronize(request, folder, opened, responder)
                // RFC 3501 section 6.3.1: when SELECT fails, nothing is selected.
                .onErrorResume(e -> session.deselect().then(Mono.error(e)))
                .then(Mono.fromRunnable(() -> ok(request, responder, readOnly, opened))));
    }

    private void tell(SelectedFolder folder, Opening.Opened opened, ImapSession session, Responder responder) {
        MailboxMetaData metaData = opened.metaData();
        responder.respond(new FlagsResponse(folder.getApplicableFlags()));
        responder.respond(new ExistsResponse(folder.existsCount()));
        responder.respond(new RecentResponse(folder.recentCount()));
        Optional.ofNullable(metaData.getFirstUnseen()).flatMap(uid -> folder.msn(uid).asInt()).ifPresent(msn ->
            responder.respond(UntaggedStatus.ok("UNSEEN " + msn, "First unseen message.")));
        responder.respond(UntaggedStatus.ok(PermanentFlagsCode.of(folder.permanentFlags(), folder.getApplicableFlags()),
            "Flags permitted."));
        responder.respond(UntaggedStatus.ok("UIDVALIDITY " + metaData.getUidValidity().asLong(), "UIDs valid."));
        responder.respond(UntaggedStatus.ok("UIDNEXT " + metaData.getUidNext().asLong(), "Predicted next UID."));
        responder.respond(Condstore.highestModSeq(opened.highestModSeq()));
        responder.respond(UntaggedStatus.ok("MAILBOXID (" + folder.getMailboxId().serialize() + ")", "Mailbox identifier."));
        more.apply(session).forEach(responder::respond);
    }

    private Mono<Void> resynchronize(SelectRequest request, SelectedFolder folder, Opening.Opened opened, Responder responder) {
        return Mono.justOrEmpty(request.resync())
            // RFC 7162 section 3.2.5: with another UIDVALIDITY the remaining parameters mean nothing.
            .filter(resync -> resync.uidValidity() == opened.metaData().getUidValidity().asLong())
            .flatMap(resync -> new Resynchronization(folder, resync, log).tell(opened.changed(), responder));
    }

    private static void ok(SelectRequest request, Responder responder, boolean readOnly, Opening.Opened opened) {
        boolean sameUids = request.resync().map(resync -> resync.uidValidity() == opened.metaData().getUidValidity().asLong()).orElse(true);
        responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.OK, readOnly ? "READ-ONLY" : "READ-WRITE",
            request.getCommand(), sameUids ? "completed." : "completed. UIDVALIDITY mismatch."));
    }

    @Override
    protected MDCBuilder mdc(SelectRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, request.getCommand().getName())
            .addToContext("mailbox", request.mailbox());
    }
}

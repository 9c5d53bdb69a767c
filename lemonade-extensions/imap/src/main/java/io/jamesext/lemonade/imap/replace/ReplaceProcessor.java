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

package io.jamesext.lemonade.imap.replace;

import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.append.AppendException;
import io.jamesext.lemonade.imap.append.AppendLimits;
import io.jamesext.lemonade.imap.append.Appending;
import io.jamesext.lemonade.imap.select.ReadOnly;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.publisher.Mono;

/**
 * Runs REPLACE: stores the new message, then removes the old one; when that fails, the new one goes again. RFC 8508 section 3.4.
 *
 * <p>Quota: James checks the new message against what there is before the old one has gone, so that a full account cannot replace; the
 * other order could lose the old message.
 */
public final class ReplaceProcessor extends AbstractMailboxProcessor<ReplaceRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("REPLACE"));

    private final Appending appending;
    private AppendLimits limits = AppendLimits.NONE;

    public ReplaceProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics, Appending appending) {
        super(ReplaceRequest.class, mailboxManager, responses, metrics);
        this.appending = appending;
    }

    @Override
    public void configure(ImapConfiguration imapConfiguration) {
        super.configure(imapConfiguration);
        limits = AppendLimits.of(imapConfiguration);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(ReplaceRequest request, ImapSession session, Responder responder) {
        Optional<MessageUid> uid = uid(request.replaced(), session.getSelected());
        if (uid.isEmpty() && !request.replaced().byUid()) {
            // RFC 3501 section 9: a sequence number beyond the last message is an error of the client.
            return Mono.fromRunnable(() -> taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET));
        }
        return getSelectedMailboxReactive(session)
            .flatMap(source -> check(source, uid, session)
                .flatMap(old -> replace(request, session, source, old))
                .flatMap(appended -> answer(request, session, responder, appended)))
            .switchIfEmpty(Mono.error(AppendException::nonexistent))
            .onErrorResume(AppendException.class, e -> Mono.fromRunnable(() ->
                responder.respond(e.answer(request.getTag(), request.getCommand()))))
            .then();
    }

    private static Optional<MessageUid> uid(ReplaceRequest.Replaced replaced, SelectedMailbox selected) {
        if (replaced.byUid()) {
            return Optional.of(MessageUid.of(replaced.number()));
        }
        return replaced.number() > selected.existsCount() ? Optional.empty() : selected.uid((int) replaced.number());
    }

    /** The message to be replaced, or empty when it has gone. RFC 8508 section 4.1: that takes the rights of STORE and UID EXPUNGE. */
    private Mono<MessageUid> check(MessageManager source, Optional<MessageUid> uid, ImapSession imapSession) {
        MailboxSession session = imapSession.getMailboxSession();
        if (ReadOnly.is(imapSession)) {
            return Mono.error(AppendException.readOnly());
        }
        return Mono.fromCallable(() -> getMailboxManager().myRights(source.getMailboxEntity(), session))
            .flatMap((MailboxACL.Rfc4314Rights rights) -> rights.contains(Right.DeleteMessages) && rights.contains(Right.PerformExpunge)
                ? Mono.justOrEmpty(uid)
                : Mono.error(AppendException.notPermitted()))
            .filterWhen(old -> Mono.from(source.listMessagesMetadata(MessageRange.one(old), session)).hasElement());
    }

    private Mono<Appending.Appended> replace(ReplaceRequest request, ImapSession session, MessageManager source, MessageUid old) {
        return appending.append(request.mailboxName(), List.of(request.message()), session, limits)
            .flatMap(appended -> source.deleteReactive(List.of(old), session.getMailboxSession())
                .onErrorResume(e -> appended.undo(session.getMailboxSession()).then(Mono.error(e)))
                .then(Mono.fromCallable(() -> {
                    session.getSelected().removeRecent(old);
                    return appended;
                })));
    }

    /** RFC 8508 section 4.3: APPENDUID stands before EXPUNGE. */
    private Mono<Boolean> answer(ReplaceRequest request, ImapSession session, Responder responder, Appending.Appended appended) {
        return Mono.fromCallable(() -> {
            responder.respond(new UntaggedStatus(StatusResponse.Type.OK, appended.code(), "The replacement is stored."));
            return true;
        })
            .flatMap(told -> Unsolicited.tell(session, responder,
                request.replaced().byUid() ? Unsolicited.During.BY_UID : Unsolicited.During.OTHER).thenReturn(told))
            .doOnNext(told -> okComplete(request, responder));
    }

    @Override
    protected MDCBuilder mdc(ReplaceRequest request) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "REPLACE")
            .addToContext("mailbox", request.mailboxName());
    }
}

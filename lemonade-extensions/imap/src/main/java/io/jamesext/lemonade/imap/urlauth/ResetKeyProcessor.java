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

package io.jamesext.lemonade.imap.urlauth;

import java.util.function.Predicate;

import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.select.OpenFolders;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
import io.jamesext.urlauth.AuthorizedUrls;
import reactor.core.publisher.Mono;

/**
 * Runs RESETKEY. RFC 4467 section 7: the next GENURLAUTH makes a new key, so that the old one is only removed here.
 *
 * <p>The user's sessions on this node that have such a mailbox selected are told by URLMECH. INTERNAL has no data to tell.
 */
public final class ResetKeyProcessor extends AbstractMailboxProcessor<ResetKeyRequest> {
    private static final String MECHANISMS = "URLMECH INTERNAL";
    private static final UntaggedStatus RESET = UntaggedStatus.ok(MECHANISMS, "URLs that were authorised here are revoked.");

    private final AuthorizedUrls urls;
    private final OpenFolders openFolders;

    public ResetKeyProcessor(MailboxManager mailboxManager, StatusResponseFactory responses, MetricFactory metrics, AuthorizedUrls urls,
                             OpenFolders openFolders) {
        super(ResetKeyRequest.class, mailboxManager, responses, metrics);
        this.urls = urls;
        this.openFolders = openFolders;
    }

    @Override
    protected Mono<Void> processRequestReactive(ResetKeyRequest request, ImapSession session, Responder responder) {
        if (request.mailboxName().isEmpty()) {
            return urls.revokeAll(session.getMailboxSession())
                .then(Mono.defer(() -> tell(session, responder, folder -> true)))
                .then(Mono.fromRunnable(() -> okComplete(request, responder)));
        }
        return revoke(request.mailboxName().get(), session)
            // RFC 4467 section 8: this session is told by the tagged OK.
            .flatMap(id -> tell(session, responder, folder -> folder.getMailboxId().equals(id) && folder != session.getSelected()))
            .then(answer(request, responder, StatusResponse.Type.OK, MECHANISMS, "completed."))
            .onErrorResume(MailboxNotFoundException.class, e ->
                answer(request, responder, StatusResponse.Type.NO, "NONEXISTENT", "There is no such mailbox."));
    }

    private Mono<MailboxId> revoke(String name, ImapSession session) {
        return Mono.fromCallable(() -> MailboxNames.of(session).path(name))
            .flatMap(path -> urls.revoke(path, session.getMailboxSession()));
    }

    private Mono<Void> tell(ImapSession session, Responder responder, Predicate<SelectedFolder> concerned) {
        openFolders.tell(session.getUserName(), concerned, RESET);
        return Unsolicited.tell(session, responder, Unsolicited.During.OTHER);
    }

    private static Mono<Void> answer(ResetKeyRequest request, Responder responder, StatusResponse.Type type, String code, String text) {
        return Mono.fromRunnable(() -> responder.respond(new StatusLine(request.getTag(), type, code, request.getCommand(), text)));
    }

    @Override
    protected MDCBuilder mdc(ResetKeyRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "RESETKEY");
    }
}

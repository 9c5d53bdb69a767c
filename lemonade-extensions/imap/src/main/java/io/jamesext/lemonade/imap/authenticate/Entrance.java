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


package io.jamesext.lemonade.imap.authenticate;

import java.util.List;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse.Type;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.DefaultMailboxes;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.CreateOption;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.frame.FramedSession;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** Lets in who has proved who they are, and answers those who have not: for LOGIN and AUTHENTICATE alike. */
public final class Entrance {
    private static final Logger LOGGER = LoggerFactory.getLogger(Entrance.class);
    /** Then the connection closes. The kernel slows the next ones of that address or for that user down. */
    private static final int MAX_FAILURES = 3;

    private final MailboxManager mailboxes;
    private final StatusResponseFactory responses;
    private volatile List<String> provisioned = List.of(DefaultMailboxes.INBOX);

    /** On the mailboxes of those who come in. */
    public Entrance(MailboxManager mailboxes, StatusResponseFactory responses) {
        this.mailboxes = mailboxes;
        this.responses = responses;
    }

    void configure(ImapConfiguration configuration) {
        provisioned = configuration.isProvisionDefaultMailboxes() ? DefaultMailboxes.DEFAULT_MAILBOXES : List.of(DefaultMailboxes.INBOX);
    }

    static Client client(ImapSession session) {
        return new Client(FramedSession.of(session).clientAddress(), session.isTLSActive());
    }

    /**
     * Answers a log-in.
     *
     * @param proof the user's session, or why there is none
     */
    Mono<Void> answer(ImapRequest request, ImapSession session, Responder responder, Mono<MailboxSession> proof) {
        return proof
            .delayUntil(user -> Blocking.run(() -> provision(user)))
            .doOnNext(user -> {
                session.setMailboxSession(user);
                session.authenticated();
                responder.respond(responses.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.COMPLETED));
            })
            .then()
            .onErrorResume(error -> refuse(request, session, responder, error));
    }

    /** RFC 3501 section 5.1: everybody has an INBOX. The others are made along with it and not again when their owner has deleted them. */
    private void provision(MailboxSession user) throws MailboxException {
        if (exists(DefaultMailboxes.INBOX, user)) {
            return;
        }
        for (String name : provisioned) {
            try {
                mailboxes.createMailbox(MailboxPath.forUser(user.getUser(), name), CreateOption.CREATE_SUBSCRIPTION, user);
            } catch (MailboxExistsException e) {
                LOGGER.debug("Another connection of the user was faster");
            }
        }
    }

    private boolean exists(String name, MailboxSession user) {
        return Mono.from(mailboxes.mailboxExists(MailboxPath.forUser(user.getUser(), name), user)).blockOptional().orElse(false);
    }

    private Mono<Void> refuse(ImapRequest request, ImapSession session, Responder responder, Throwable error) {
        Failure failure = MailboxFailures.of(error).failure();
        if (failure == Failure.SYNTAX) {
            // RFC 3501 section 6.2.2: also the client's "*".
            responder.respond(responses.taggedBad(request.getTag(), request.getCommand(), HumanReadableText.ILLEGAL_ARGUMENTS));
            return Mono.empty();
        }
        responder.respond(refusal(request, failure));
        if (failure == Failure.INTERNAL) {
            LOGGER.error("A log-in failed", error);
        }
        if (failure == Failure.AUTHENTICATION_FAILED && FramedSession.of(session).logInFailed() >= MAX_FAILURES) {
            responder.respond(responses.bye(HumanReadableText.TOO_MANY_FAILURES));
            // The core handler closes a connection that has logged out without looking for answers.
            responder.flush();
            return session.logout();
        }
        return Mono.empty();
    }

    /** RFC 5530 section 3. */
    private static StatusLine refusal(ImapRequest request, Failure failure) {
        return switch (failure) {
            case AUTHENTICATION_FAILED -> no(request, "AUTHENTICATIONFAILED", "Authentication failed.");
            case ENCRYPTION_REQUIRED -> no(request, "PRIVACYREQUIRED", "Log-in is over TLS only.");
            case NOT_SUPPORTED -> no(request, "CANNOT", "There is no such way to log in here.");
            default -> no(request, "UNAVAILABLE", "Log-in does not work at present.");
        };
    }

    private static StatusLine no(ImapRequest request, String code, String text) {
        return new StatusLine(request.getTag(), Type.NO, code, request.getCommand(), text);
    }
}

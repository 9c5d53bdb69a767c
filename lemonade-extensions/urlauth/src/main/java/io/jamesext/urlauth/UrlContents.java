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

package io.jamesext.urlauth;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Finds what an IMAP URL names in James's mailboxes, under the rights of a session, and without a trace: no flag changes. */
public final class UrlContents {
    private final MailboxManager mailboxManager;
    private final SectionReader sections;

    @Inject
    public UrlContents(MailboxManager mailboxManager, MimeParts parts) {
        this.mailboxManager = mailboxManager;
        this.sections = new SectionReader(parts);
    }

    /**
     * Opens the message or part a URL names, in the mailboxes of the session's user. Only the path of the URL counts: that its server
     * and its user are this server and this user, and whether a token allows it, is the caller's to check.
     *
     * @return the content, or {@link BadUrlException} when there is no such mailbox, UIDVALIDITY, message or part, or no right to read it
     */
    public Mono<UrlContent> open(ImapUrl url, MailboxSession session) {
        return find(url, session).map(UrlPart::stored);
    }

    /** The same, with what else there is to know of the content. */
    Mono<UrlPart> find(ImapUrl url, MailboxSession session) {
        return readableMailbox(url, session)
            .flatMap(mailbox -> message(mailbox, url.part().orElseThrow(), session))
            // Sizing a part reads it once.
            .publishOn(Schedulers.boundedElastic())
            .flatMap(message -> Mono.fromCallable(() -> UrlPart.of(message, url.part().orElseThrow(), sections)));
    }

    /** The mailbox of a message's URL, which the session's user may read and which has the UIDVALIDITY; else {@link BadUrlException}. */
    Mono<MessageManager> readableMailbox(ImapUrl url, MailboxSession session) {
        return path(url, session)
            .flatMap(path -> Mono.from(mailboxManager.getMailboxReactive(path, session)))
            .onErrorMap(MailboxNotFoundException.class, e -> new BadUrlException("no such mailbox"))
            .flatMap(mailbox -> Mono.fromCallable(() -> {
                if (!mailboxManager.hasRight(mailbox.getMailboxEntity(), MailboxACL.Right.Read, session)
                    || !sameValidity(mailbox, url.mailbox().orElseThrow())) {
                    throw new BadUrlException("not readable, or another UIDVALIDITY");
                }
                return mailbox;
            }).subscribeOn(Schedulers.boundedElastic()));
    }

    /** The path of a message's mailbox, whether there is such a mailbox or not. */
    Mono<MailboxPath> path(ImapUrl url, MailboxSession session) {
        if (url.mailbox().isEmpty() || url.part().isEmpty()) {
            return Mono.error(new BadUrlException("the URL names no message"));
        }
        return path(url.mailbox().get().name(), session);
    }

    private static Mono<MailboxPath> path(String name, MailboxSession session) {
        char delimiter = session.getPathDelimiter();
        String namespace = MailboxConstants.USER_NAMESPACE + delimiter;
        String own = name.startsWith(namespace) ? name.substring(namespace.length()) : name;
        if (own.isEmpty() || own.charAt(0) == MailboxConstants.NAMESPACE_PREFIX_CHAR) {
            return Mono.error(new BadUrlException("not a mailbox of the user"));
        }
        // RFC 3501 section 5.1: INBOX is the one name without case.
        return Mono.just(own.equalsIgnoreCase(MailboxConstants.INBOX)
            ? MailboxPath.inbox(session)
            : MailboxPath.forUser(session.getUser(), own));
    }

    private static Mono<MessageResult> message(MessageManager mailbox, MessagePart part, MailboxSession session) {
        MessageRange message = MessageRange.one(MessageUid.of(part.uid()));
        return Mono.from(mailbox.getMessagesReactive(message, FetchGroup.FULL_CONTENT, session))
            .switchIfEmpty(Mono.error(() -> new BadUrlException("no such message")));
    }

    private static boolean sameValidity(MessageManager mailbox, MailboxReference reference) {
        try {
            return reference.uidValidity().isEmpty()
                || mailbox.getMailboxEntity().getUidValidity().asLong() == reference.uidValidity().getAsLong();
        } catch (MailboxException e) {
            throw new BadUrlException("no such mailbox any more");
        }
    }
}

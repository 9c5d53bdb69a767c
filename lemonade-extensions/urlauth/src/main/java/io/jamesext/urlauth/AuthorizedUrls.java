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

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

import reactor.core.publisher.Mono;

/** Makes and opens authorised URLs. RFC 4467 sections 5 to 7. */
public final class AuthorizedUrls {
    /** What a mailbox that is not there is called where its key is looked for. */
    private static final String NO_MAILBOX = "none";

    private final MailboxManager mailboxManager;
    private final UrlContents contents;
    private final MailboxKeys keys;
    private final Clock clock;

    public AuthorizedUrls(MailboxManager mailboxManager, UrlContents contents, MailboxKeys keys, Clock clock) {
        this.mailboxManager = mailboxManager;
        this.contents = contents;
        this.keys = keys;
        this.clock = clock;
    }

    /** A URL that is complete but for its verifier, and what it says. */
    private record Authorized(ImapUrl url, Authority authority, Authorization authorization, Access access, Username owner) {
        /** RFC 4467 section 9, authimapurl: the server with its user, a message or part, and who may use it. */
        static Authorized parse(String text, UrlServer server) {
            ImapUrl url = ImapUrl.parse(text);
            Authority authority = url.authority().orElseThrow(() -> new BadUrlException("no server"));
            Authorization authorization = url.authorization().orElseThrow(() -> new BadUrlException("not authorised"));
            if (!server.is(authority)) {
                throw new BadUrlException("another server");
            }
            Username owner = Access.userId(authority.user().orElseThrow(() -> new BadUrlException("no owner")));
            return new Authorized(url, authority, authorization, Access.parse(authorization.access()), owner);
        }

        boolean hasExpired(Instant now) {
            return authorization.expire().map(expire -> now.isAfter(instant(expire))).orElse(false);
        }

        void checkExpiry() {
            authorization.expire().ifPresent(Authorized::instant);
        }

        private static Instant instant(String expire) {
            try {
                // RFC 3339 section 5.6: "T" and "Z" may be in lower case.
                return OffsetDateTime.parse(expire.toUpperCase(Locale.ROOT)).toInstant();
            } catch (DateTimeException e) {
                throw new BadUrlException("no date of the calendar");
            }
        }
    }

    /**
     * Authorises a URL that ends with its access identifier: RFC 4467 section 7, GENURLAUTH. The owner in it must be the session's user,
     * who must be able to read the mailbox.
     *
     * @return the whole URL, or {@link BadUrlException}
     */
    public Mono<String> authorize(String rump, String mechanism, UrlServer server, MailboxSession session) {
        return Mono.fromCallable(() -> {
            checkMechanism(mechanism);
            Authorized authorized = Authorized.parse(rump, server);
            if (authorized.authorization().verifier().isPresent() || !authorized.owner().equals(session.getUser())) {
                throw new BadUrlException("authorised already, or another user's");
            }
            authorized.checkExpiry();
            return authorized;
        })
            .flatMap(authorized -> contents.readableMailbox(authorized.url(), session))
            .flatMap(mailbox -> keys.findOrMake(session.getUser(), mailbox.getId().serialize()))
            .map(key -> rump + ":" + UrlToken.MECHANISM.toLowerCase(Locale.ROOT) + ":" + UrlToken.of(rump, key));
    }

    /**
     * Opens an authorised URL for a session: RFC 4467 section 6. The content is what the owner may read at this moment.
     *
     * @return the content, or {@link BadUrlException}, whatever is wrong
     */
    public Mono<UrlContent> open(String text, UrlServer server, Username sessionUser) {
        return find(text, server, sessionUser).map(UrlPart::stored);
    }

    /** The same, with what else there is to know of the content: RFC 5524. */
    public Mono<UrlPart> find(String text, UrlServer server, Username sessionUser) {
        return Mono.fromCallable(() -> Authorized.parse(text, server))
            .flatMap(authorized -> find(authorized, authorized.access().admits(sessionUser, server)));
    }

    /**
     * Whether an authorised URL is one that the submission server may use for a user who has logged in there, as far as the URL itself
     * says: RFC 4468 section 3.3.
     */
    public static boolean admitsSubmission(ImapUrl url, Username submitter) {
        try {
            return url.authorization().map(Authorization::access).map(Access::parse).filter(access -> access.admitsSubmission(submitter))
                .isPresent();
        } catch (BadUrlException e) {
            return false;
        }
    }

    /**
     * Opens an authorised URL for the submission server: RFC 4468 section 3.3. Who submits is known before anything is looked for.
     *
     * @return the content; or {@link UnauthorizedUrlException} when the URL does not allow it, else {@link BadUrlException}
     */
    public Mono<UrlContent> openForSubmission(ImapUrl url, UrlServer server, Username submitter) {
        return admitsSubmission(url, submitter)
            ? Mono.fromCallable(() -> Authorized.parse(url.original(), server))
                .flatMap(authorized -> find(authorized, true))
                .map(UrlPart::stored)
            : Mono.error(new UnauthorizedUrlException());
    }

    private Mono<UrlPart> find(Authorized authorized, boolean admitted) {
        return Mono.defer(() -> verify(authorized))
            .onErrorMap(BadUrlException.class, e -> new UnauthorizedUrlException())
            .flatMap(right -> {
                if (!right || authorized.hasExpired(clock.instant()) || !admitted) {
                    return Mono.error(new UnauthorizedUrlException());
                }
                return contents.find(authorized.url(), mailboxManager.createSystemSession(authorized.owner()));
            });
    }

    private Mono<Boolean> verify(Authorized authorized) {
        Authorization.Verifier verifier = authorized.authorization().verifier()
            .orElseThrow(() -> new BadUrlException("no token"));
        checkMechanism(verifier.mechanism());
        MailboxSession owner = mailboxManager.createSystemSession(authorized.owner());
        // RFC 4467 section 6: a mailbox that is not there, or has no key, costs as much as one with another key.
        return contents.path(authorized.url(), owner)
            .flatMap(path -> mailboxId(path, owner))
            .onErrorReturn(BadUrlException.class, NO_MAILBOX)
            .flatMap(mailboxId -> keys.find(authorized.owner(), mailboxId))
            .map(key -> UrlToken.isRight(verifier.token(), authorized.authorization().rump(), key))
            .switchIfEmpty(Mono.fromCallable(() -> {
                UrlToken.isRight(verifier.token(), authorized.authorization().rump(), MailboxKey.random());
                return false;
            }));
    }

    private Mono<String> mailboxId(MailboxPath path, MailboxSession owner) {
        return Mono.from(mailboxManager.getMailboxReactive(path, owner))
            .map(MessageManager::getId)
            .map(MailboxId::serialize)
            .onErrorMap(MailboxNotFoundException.class, e -> new BadUrlException("no such mailbox"));
    }

    /**
     * Revokes what the session's user has authorised in a mailbox: RFC 4467 section 7, RESETKEY.
     *
     * @return which mailbox it is
     */
    public Mono<MailboxId> revoke(MailboxPath mailbox, MailboxSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(mailbox, session))
            .map(MessageManager::getId)
            .flatMap(id -> keys.remove(session.getUser(), id.serialize()).thenReturn(id));
    }

    /** Revokes all that the session's user has authorised. */
    public Mono<Void> revokeAll(MailboxSession session) {
        return keys.removeAll(session.getUser());
    }

    private static void checkMechanism(String mechanism) {
        if (!mechanism.equalsIgnoreCase(UrlToken.MECHANISM)) {
            throw new BadUrlException("no such mechanism");
        }
    }
}

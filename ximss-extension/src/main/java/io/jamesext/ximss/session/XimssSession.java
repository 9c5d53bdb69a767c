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
package io.jamesext.ximss.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxId;

import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Session;
import io.jamesext.kernel.server.Connection;
import io.jamesext.ximss.account.LogInHistory;
import io.jamesext.ximss.calendar.OpenCalendars;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.MailboxWatch;
import io.jamesext.ximss.reply.Bye;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.smime.UnlockedKey;
import io.jamesext.ximss.upload.UploadedFiles;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One client's connection and what it has opened. */
public final class XimssSession implements Session {
    /** The states of the protocol: XIMSS, "Pre-Login Operations". */
    public enum State {
        /** Before login. */
        PRE_LOGIN,
        /** Logged in by what recoverPassword has mailed: nothing but to set a new password. */
        RECOVERING,
        /** After it. */
        LOGGED_IN
    }

    /** Each open folder holds a view of its mailbox in memory. */
    private static final int MAX_FOLDERS = 64;
    /** A quota is read from the store. */
    private static final Duration QUOTA_CHECK_INTERVAL = Duration.ofMinutes(1);

    private final Connection<Element, XimssReply> connection;
    private final MailboxManager mailboxManager;
    private final XimssSessions sessions;
    private final String urlId = XimssSessions.newUrlId();
    private final UploadedFiles uploads;
    private final OpenCalendars calendars = new OpenCalendars();
    private final Map<String, Folder> folders = new LinkedHashMap<>();
    private final UnlockedKey key = new UnlockedKey();
    private final PasswordCheck password;
    private volatile Optional<MailboxSession> mailboxSession = Optional.empty();
    private volatile Optional<Domain> domain = Optional.empty();
    private volatile boolean recovering;
    private volatile boolean ownPassword;
    private volatile Optional<String> realName = Optional.empty();
    private volatile Mono<Optional<LogInHistory.Entry>> previousLogIn = Mono.just(Optional.empty());
    private volatile Optional<MailboxWatch> watch = Optional.empty();
    private volatile Instant nextQuotaCheck = Instant.MIN;
    private volatile boolean overQuota;

    /** For a new connection. */
    public XimssSession(Connection<Element, XimssReply> connection, MailboxManager mailboxManager, XimssSessions sessions) {
        this.connection = connection;
        this.mailboxManager = mailboxManager;
        this.sessions = sessions;
        this.uploads = new UploadedFiles(sessions.uploadFolder());
        this.password = new PasswordCheck(sessions);
    }

    @Override
    public State state() {
        if (mailboxSession.isEmpty()) {
            return State.PRE_LOGIN;
        }
        return recovering ? State.RECOVERING : State.LOGGED_IN;
    }

    @Override
    public Optional<Username> user() {
        return mailboxSession.map(MailboxSession::getUser);
    }

    /** The connection itself. */
    public Connection<Element, XimssReply> connection() {
        return connection;
    }

    /** What opens the session's data over HTTP. A secret of the client's. */
    public String urlId() {
        return urlId;
    }

    /** The uploaded file set. */
    public UploadedFiles uploads() {
        return uploads;
    }

    /** The calendars that are open. */
    public OpenCalendars calendars() {
        return calendars;
    }

    /** What authentication needs to know of the client. */
    public Client client() {
        return new Client(connection.remoteAddress(), connection.isEncrypted());
    }

    /** The target domain that an operation before the login has chosen. */
    public Optional<Domain> domain() {
        return domain;
    }

    /** An operation named a target domain that exists: the next ones use it too. */
    public void domainChosen(Domain chosen) {
        domain = Optional.of(chosen);
    }

    /**
     * The client has proved who it is.
     *
     * @param byPassword whether it knows the password, and has not only a token
     */
    public Mono<Void> authenticated(MailboxSession session, boolean byPassword) {
        return password.remember(session).then(Mono.fromRunnable(() -> {
            ownPassword = byPassword && session.getLoggedInUser().equals(Optional.of(session.getUser()));
            mailboxSession = Optional.of(session);
            sessions.opened(this);
            connection.loggedIn();
        }));
    }

    /** The client has shown what was mailed to a user who has forgotten the password. */
    public void recovering(MailboxSession session) {
        // Before the session, so that at no time it looks like one of a password.
        recovering = true;
        mailboxSession = Optional.of(session);
    }

    /** The user has a password again. */
    public void recovered() {
        recovering = false;
        ownPassword = true;
        sessions.opened(this);
        connection.loggedIn();
    }

    /** The user has another password: whoever has opened a session with the earlier one has it no more. */
    public Mono<Void> passwordChanged() {
        return password.remember(mailboxSession())
            .then(Mono.fromRunnable(() -> sessions.endOthers(this, mailboxSession().getUser())));
    }

    /** Whether the client has logged in with the account's own password: not as somebody who may act as it, nor with a token. */
    public boolean hasOwnPassword() {
        return ownPassword;
    }

    /** Whether it is time for {@link #checkPassword}. */
    public boolean isPasswordCheckDue() {
        return state() == State.LOGGED_IN && password.isDue();
    }

    /** Ends the session, and fails, if the password of who has opened it was changed, on whatever node, or they are no user any more. */
    public Mono<Void> checkPassword() {
        return password.holds(mailboxSession()).filter(holds -> !holds).flatMap(changed -> {
            end();
            return Mono.error(new ProtocolException(Failure.WRONG_STATE, "the password was changed, log in again"));
        });
    }

    /** Whether a user has opened it, or it is for their account. */
    boolean isOf(Username user) {
        return mailboxSession.filter(session -> session.getUser().equals(user)
            || session.getLoggedInUser().equals(Optional.of(user))).isPresent();
    }

    /** Ends it from elsewhere. */
    void end() {
        // At once, for the urlID opens its data.
        sessions.closed(this);
        connection.end(XimssReply.news(new Bye()));
    }

    /** What the user is called is known. */
    public void realName(Optional<String> name) {
        realName = name;
    }

    /** What the user is called, if they have said it at the signup. */
    public Optional<String> realName() {
        return realName;
    }

    /** The log-in before this session's is known, or will be. */
    public void previousLogIn(Mono<Optional<LogInHistory.Entry>> previous) {
        previousLogIn = previous;
    }

    /** The user's log-in before this session's, if there was one. */
    public Mono<Optional<LogInHistory.Entry>> previousLogIn() {
        return previousLogIn;
    }

    /** James's session of the user who is logged in. */
    public MailboxSession mailboxSession() {
        return mailboxSession.orElseThrow(() -> new ProtocolException(Failure.WRONG_STATE, "log in first"));
    }

    /** The user's private key of S/MIME: this session's alone. */
    public UnlockedKey key() {
        return key;
    }

    /**
     * An open folder.
     *
     * @throws ProtocolException when none of that name is open
     */
    public Folder folder(String name) {
        return findFolder(name).orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MAILBOX, "no such folder is open"));
    }

    /**
     * Checks that a folder of this name can be opened.
     *
     * @throws ProtocolException when one is open already, or too many are
     */
    public void checkMayOpen(String name) {
        if (findFolder(name).isPresent()) {
            throw new ProtocolException(Failure.CONFLICT, "a folder of this name is open already");
        }
        synchronized (folders) {
            if (folders.size() >= MAX_FOLDERS) {
                throw new ProtocolException(Failure.BUSY, "too many open folders");
            }
        }
    }

    /** A folder was opened. */
    public void opened(Folder folder) {
        synchronized (folders) {
            folders.put(folder.name(), folder);
        }
    }

    /** A folder is being closed. */
    public void closed(Folder folder) {
        synchronized (folders) {
            folders.remove(folder.name());
        }
    }

    /** Has the client told of changes in the account's mailboxes: those that are there now, and those that are there at a later call. */
    public Mono<Void> watch(MailboxWatch.Sources sources) {
        if (watch.isPresent()) {
            return watch.get().refresh(true);
        }
        MailboxWatch begun = new MailboxWatch(sources, mailboxSession(), this::isShown,
            (id, mailbox) -> push(List.of("mailbox", id), mailbox));
        watch = Optional.of(begun);
        return begun.refresh(false).onErrorResume(error -> watchNoMore().then(Mono.error(error)));
    }

    /** Has the client told no more. */
    public Mono<Void> watchNoMore() {
        Mono<Void> end = Mono.justOrEmpty(watch).flatMap(MailboxWatch::close);
        watch = Optional.empty();
        return end;
    }

    /** Looks whether the account has other mailboxes by now, if the client wants to be told. Never fails. */
    public Mono<Void> refreshWatch() {
        return Mono.justOrEmpty(watch).flatMap(MailboxWatch::refreshNowAndThen);
    }

    private boolean isShown(MailboxId mailbox) {
        synchronized (folders) {
            return folders.values().stream().anyMatch(folder -> folder.mailbox().getId().equals(mailbox));
        }
    }

    /** Whether it is time to look at the user's quota again. */
    public boolean isQuotaCheckDue(Instant now) {
        boolean isDue = !now.isBefore(nextQuotaCheck);
        if (isDue) {
            nextQuotaCheck = now.plus(QUOTA_CHECK_INTERVAL);
        }
        return isDue;
    }

    /** The quota was looked at: true when it is exceeded and was not before. */
    public boolean quotaChecked(boolean exceeded) {
        boolean isNew = exceeded && !overQuota;
        overQuota = exceeded;
        return isNew;
    }

    /** Sends an asynchronous message; an equal key's earlier one that still waits is replaced. */
    public void push(Object key, DataMessage news) {
        connection.push(key, XimssReply.news(news));
    }

    @Override
    public void close() {
        sessions.closed(this);
        uploads.close();
        key.close();
        List<Folder> open;
        synchronized (folders) {
            open = List.copyOf(folders.values());
            folders.clear();
        }
        try {
            // Called where blocking is allowed, once, when nothing runs any more. One that fails leaves no other open.
            Flux.concatDelayError(Flux.fromIterable(open).map(Folder::close).concatWithValues(watchNoMore())).blockLast();
        } finally {
            mailboxSession.ifPresent(mailboxManager::endProcessingRequest);
        }
    }

    private Optional<Folder> findFolder(String name) {
        synchronized (folders) {
            return Optional.ofNullable(folders.get(name));
        }
    }
}

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
package io.jamesext.dmap.session;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Session;
import io.jamesext.kernel.server.Connection;
import reactor.core.publisher.Mono;

/**
 * What is remembered of a connection. Draft section 4. One operation runs at a time and its answer ends before the next begins, so
 * that only visibility between threads matters here.
 */
public final class DmapSession implements Session {
    private final Connection<Frame, DmapReply> connection;
    private final Set<Extension> enabled = Collections.synchronizedSet(EnumSet.noneOf(Extension.class));
    private volatile DmapState state = DmapState.NOT_AUTHENTICATED;
    private volatile @Nullable MailboxSession mailboxSession;
    private volatile @Nullable Mode mode;
    private volatile @Nullable SelectedMailbox selected;
    private volatile @Nullable ResponseCode answerCode;
    private volatile @Nullable ResponseCode refusalCode;

    /** For a connection that was just accepted. */
    public DmapSession(Connection<Frame, DmapReply> connection) {
        this.connection = connection;
    }

    /** The connection itself. */
    public Connection<Frame, DmapReply> connection() {
        return connection;
    }

    /**
     * The client as authentication sees it. Draft section 7.2.1: there must be a configuration without plain passwords, and DMAP is
     * always encrypted; so James's key {@code plainAuthDisallowed} is taken at its word here, TLS or not.
     */
    public Client client() {
        return new Client(connection.remoteAddress(), false, connection.tls());
    }

    @Override
    public DmapState state() {
        return state;
    }

    @Override
    public Optional<Username> user() {
        return Optional.ofNullable(mailboxSession).map(MailboxSession::getUser);
    }

    /** James's session of the user who is logged in. */
    public MailboxSession mailboxSession() {
        return Objects.requireNonNull(mailboxSession, "not authenticated");
    }

    /** How far the account that is logged in trusts the server. It is that of the log-in until the connection ends. */
    public Mode mode() {
        return Objects.requireNonNull(mode, "not authenticated");
    }

    /** The selected mailbox, in the selected state. */
    public SelectedMailbox selected() {
        return Objects.requireNonNull(selected, "nothing selected");
    }

    /** Draft section 4, (4): successful AUTHENTICATE. */
    public void authenticated(MailboxSession session, Mode accountMode) {
        mode = accountMode;
        mailboxSession = session;
        state = DmapState.AUTHENTICATED;
        connection.loggedIn();
    }

    /** Draft section 4, (5): successful SELECT or EXAMINE. */
    public void selected(SelectedMailbox mailbox) {
        selected = mailbox;
        state = DmapState.SELECTED;
    }

    /** Draft section 4, (6): CLOSE, or the beginning of another SELECT or EXAMINE. The view of the mailbox is given up. */
    public Mono<Void> deselected() {
        SelectedMailbox left = selected;
        selected = null;
        state = state == DmapState.SELECTED ? DmapState.AUTHENTICATED : state;
        return left == null ? Mono.empty() : left.release();
    }

    /** Draft section 4, (7): LOGOUT. */
    public void loggedOut() {
        state = DmapState.LOGOUT;
        connection.closeAfterReply();
    }

    /** Draft section 7.1.1: "explicit client action to invoke the capability", by ENABLE or by using it. */
    public void enable(Extension extension) {
        enabled.add(extension);
        if (extension == Extension.QRESYNC) {
            // RFC 7162 section 3.2.3.
            enabled.add(Extension.CONDSTORE);
        }
    }

    /** True when the client has turned it on. */
    public boolean has(Extension extension) {
        return enabled.contains(extension);
    }

    /**
     * Refuses a command that is not by UID, after ENABLE UIDONLY. RFC 9586: BAD with UIDREQUIRED.
     *
     * @param byUid true when no message number is in it
     */
    public void requireUids(boolean byUid) {
        if (!byUid && has(Extension.UIDONLY)) {
            refusalCode = new ResponseCode.Plain("UIDREQUIRED");
            throw new ProtocolException(Failure.SYNTAX, "message numbers are not used after ENABLE UIDONLY");
        }
    }

    /** How the client is told of changes while a command runs, which may be a UID command. */
    public Telling telling(boolean byUid) {
        return new Telling(byUid || has(Extension.QRESYNC), has(Extension.CONDSTORE),
            has(Extension.QRESYNC) || has(Extension.UIDONLY), has(Extension.UIDONLY));
    }

    /** The running command's last line is to carry this code. */
    public void answerWith(ResponseCode code) {
        answerCode = code;
    }

    /** The code of the running command's last line; asked for once, when the command has ended. */
    public Optional<ResponseCode> takeAnswerCode() {
        ResponseCode code = answerCode;
        answerCode = null;
        return Optional.ofNullable(code);
    }

    /** A failure of the running command whose last line is to carry this code in the place of the failure's own. */
    public ProtocolException refusal(Failure failure, ResponseCode code, String text) {
        refusalCode = code;
        return new ProtocolException(failure, text);
    }

    /** The code of the running command's failure where it has one of its own; asked for once, when the command has ended. */
    public Optional<ResponseCode> takeRefusalCode() {
        ResponseCode code = refusalCode;
        refusalCode = null;
        return Optional.ofNullable(code);
    }

    /**
     * What happened in the selected mailbox since it was last told. Draft section 6.2.
     *
     * @param mayRenumber true when the client does not rely on message numbers just now
     * @param byUid true when the running command is a UID command
     */
    public List<DmapReply> takeNews(boolean mayRenumber, boolean byUid) {
        SelectedMailbox open = selected;
        return open == null ? ImmutableList.of() : open.takeNews(mayRenumber || has(Extension.UIDONLY), telling(byUid));
    }

    @Override
    public void close() {
        // Runs where blocking is allowed, once, after the last operation.
        deselected().block();
    }
}

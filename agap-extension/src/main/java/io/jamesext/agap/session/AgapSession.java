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
package io.jamesext.agap.session;

import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableSet;

import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Session;
import io.jamesext.kernel.server.Connection;

/** One connection's place in the state diagram of AGAP section 3. The methods that change it are its arrows. */
public final class AgapSession implements Session {
    private final Connection<Line, AgapReply> connection;
    private volatile State state = State.NOT_AUTHENTICATED;
    private volatile @Nullable Username named;
    private volatile @Nullable MailboxSession mailboxSession;
    private volatile @Nullable Folder selected;
    private volatile @Nullable MessageUid stored;
    private Changes changes = Changes.NONE;

    /**
     * What this session has done to folders since CHNG was told: their events may not have been heard yet.
     *
     * @param folders whose items it has changed
     * @param structure true when it has made, renamed or deleted folders
     */
    public record Changes(ImmutableSet<MailboxId> folders, boolean structure) {
        private static final Changes NONE = new Changes(ImmutableSet.of(), false);
    }

    /** A connection that was just accepted. */
    public AgapSession(Connection<Line, AgapReply> connection) {
        this.connection = connection;
    }

    /** The connection. */
    public Connection<Line, AgapReply> connection() {
        return connection;
    }

    /** Who is at the other end, for log-in. */
    public Client client() {
        return new Client(connection.remoteAddress(), connection.isEncrypted());
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Optional<Username> user() {
        return Optional.ofNullable(mailboxSession).map(MailboxSession::getUser);
    }

    /** The account that USER named, while its PASS is awaited. */
    public Optional<Username> named() {
        return Optional.ofNullable(named);
    }

    /** James's session of the user; there is one in every state behind log-in. */
    public MailboxSession mailboxSession() {
        return Optional.ofNullable(mailboxSession)
            .orElseThrow(() -> new IllegalStateException("no user is logged in"));
    }

    /** The folder that is selected. */
    public Optional<Folder> selection() {
        return Optional.ofNullable(selected);
    }

    /** The folder that is selected, for commands that need one; AGAP section 4.38: 512 without. */
    public Folder selected() {
        return selection().orElseThrow(() -> new ProtocolException(Failure.WRONG_STATE, "ERROR First select a folder"));
    }

    /** AUTH was accepted. */
    public void mechanismChosen() {
        named = null;
        state = State.PRE_AUTHENTICATION;
    }

    /** USER was accepted. */
    public void accountNamed(Username account) {
        named = account;
    }

    /** PASS was wrong: AGAP section 3.2, the client must begin with AUTH again. */
    public void rejected() {
        exited();
    }

    /** PASS was right; no folder is selected yet. */
    public void authenticated(MailboxSession session) {
        named = null;
        mailboxSession = session;
        state = State.NOT_SELECTED;
    }

    /** A folder was selected. */
    public void selected(Folder folder) {
        selected = folder;
        stored = null;
        state = State.AUTHENTICATED;
    }

    /** SLCT failed, or the selected folder is there no more. */
    public void unselected() {
        selected = null;
        stored = null;
        state = State.NOT_SELECTED;
    }

    /** STOR stored an item in the selected folder. */
    public void stored(MessageUid uid) {
        stored = uid;
    }

    /** STOR failed: AGAP section 4.40, what was stored before is forgotten. */
    public void notStored() {
        stored = null;
    }

    /** The item that the last STOR stored, if the folder was not selected again since: AGAP section 4.40. */
    public Optional<MessageUid> lastStored() {
        return Optional.ofNullable(stored);
    }

    /** A command of this session has changed items of that folder, or may have; said before it is answered. */
    public synchronized void changed(MailboxId folder) {
        changes = new Changes(ImmutableSet.<MailboxId>builder().addAll(changes.folders).add(folder).build(), changes.structure);
    }

    /** A command of this session has made, renamed or deleted folders, or may have; said before it is answered. */
    public synchronized void restructured() {
        changes = new Changes(changes.folders, true);
    }

    /** What the session has changed since this was asked last. */
    public synchronized Changes takeChanges() {
        Changes taken = changes;
        changes = Changes.NONE;
        return taken;
    }

    /** EXIT: AGAP section 4.19. */
    public void exited() {
        named = null;
        selected = null;
        stored = null;
        mailboxSession = null;
        takeChanges();
        state = State.NOT_AUTHENTICATED;
    }

    @Override
    public void close() {
        exited();
    }
}

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
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.gzip.Gzip;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Session;
import io.jamesext.kernel.server.Connection;

/** One connection's place in the state diagram of AGAP section 3. The methods that change it are its arrows. */
public final class AgapSession implements Session {
    /** How a client logs in, between AUTH and PASS or HASH. */
    private record Attempt(Mechanism mechanism, Optional<HashPrefix> prefix, Optional<Username> account) {
    }

    private final Connection<Line, AgapReply> connection;
    private volatile State state = State.NOT_AUTHENTICATED;
    private volatile @Nullable Attempt attempt;
    private volatile @Nullable MailboxSession mailboxSession;
    private volatile @Nullable Folder selected;
    private volatile @Nullable FolderType selectedType;
    private volatile @Nullable MessageUid stored;
    private volatile @Nullable Gzip compression;
    private volatile @Nullable Runnable departure;
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

    /** The account that USER named, while its PASS or HASH is awaited. */
    public Optional<Username> named() {
        return Optional.ofNullable(attempt).flatMap(Attempt::account);
    }

    /** What the log-in that has begun leads to. */
    public Mechanism.Goal goal() {
        return attempt().mechanism.goal();
    }

    /** What the hash begins with that is awaited. */
    public HashPrefix prefix() {
        return attempt().prefix.orElseThrow(() -> new IllegalStateException("no hash is awaited"));
    }

    private Attempt attempt() {
        return Optional.ofNullable(attempt).orElseThrow(() -> new IllegalStateException("no log-in has begun"));
    }

    /** James's session of the user; there is one in every state behind log-in, but for strangers in the presence and storing states. */
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

    /** The layer that compresses, since SGZP. */
    public Optional<Gzip> compression() {
        return Optional.ofNullable(compression);
    }

    /** SGZP was accepted. When TLS begins under it, a new stream begins too. */
    public void compressed() {
        connection.startLayer(() -> {
            Gzip layer = new Gzip();
            compression = layer;
            return layer;
        });
    }

    /** AUTH was accepted; gives what the client's hash has to begin with, when it has to send one. */
    public Optional<HashPrefix> mechanismChosen(Mechanism mechanism) {
        Optional<HashPrefix> prefix = mechanism.prefix();
        attempt = new Attempt(mechanism, prefix, Optional.empty());
        state = prefix.isPresent() ? State.PRE_AUTHENTICATION_HASH : State.PRE_AUTHENTICATION;
        return prefix;
    }

    /** USER was accepted. */
    public void accountNamed(Username account) {
        attempt = new Attempt(attempt().mechanism, attempt().prefix, Optional.of(account));
    }

    /** PASS or HASH was wrong: AGAP section 3.2, the client must begin with AUTH again. */
    public void rejected() {
        exited();
    }

    /** PASS or HASH was right; no folder is selected yet. */
    public void authenticated(MailboxSession session) {
        attempt = null;
        mailboxSession = session;
        state = State.NOT_SELECTED;
    }

    /**
     * The log-in was for the presence or the storing state: AGAP sections 3.5 and 3.6.
     *
     * @param session the user's; empty for a stranger
     */
    public void admitted(Optional<MailboxSession> session) {
        state = goal() == Mechanism.Goal.PRESENCE ? State.PRESENCE : State.STORING;
        attempt = null;
        mailboxSession = session.orElse(null);
    }

    /** A folder was selected. */
    public void selected(Folder folder) {
        selected = folder;
        selectedType = null;
        stored = null;
        state = State.AUTHENTICATED;
    }

    /** What the selected folder holds, once that is known. */
    public Optional<FolderType> selectedType() {
        return Optional.ofNullable(selectedType);
    }

    /** What the selected folder holds was read. */
    public void typeKnown(FolderType type) {
        selectedType = type;
    }

    /** The selected folder has another name now, and is selected as before. */
    public void renamed(Folder folder) {
        selected = folder;
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

    /** What has to be done when the user leaves, by EXIT or with the connection; in the place of what had to be before. It may block. */
    public void onDeparture(Runnable work) {
        departure = work;
    }

    /** EXIT: AGAP section 4.19. May block. */
    public void exited() {
        Runnable work = departure;
        departure = null;
        attempt = null;
        selected = null;
        stored = null;
        mailboxSession = null;
        takeChanges();
        state = State.NOT_AUTHENTICATED;
        if (work != null) {
            work.run();
        }
    }

    @Override
    public void close() {
        exited();
    }
}

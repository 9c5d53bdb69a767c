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
package io.jamesext.dmap.dmtp;

import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;
import org.jspecify.annotations.Nullable;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dmtp.wire.DmtpFrame;
import io.jamesext.kernel.operation.Session;
import io.jamesext.kernel.server.Connection;

/** What is remembered of a connection. One operation runs at a time, so that only visibility between threads matters here. */
public final class DmtpSession implements Session {
    /** An organisation as MAIL or RCPT names it: its domain in lower case, and the fingerprint of its signet if the client gave one. */
    public record Named(String domain, Optional<Fingerprint> fingerprint) {
    }

    private final Connection<DmtpFrame, DmtpReply> connection;
    private volatile DmtpState state = DmtpState.CONNECTED;
    private volatile @Nullable Named origin;
    private volatile @Nullable Named destination;

    /** For a connection that was just accepted. */
    public DmtpSession(Connection<DmtpFrame, DmtpReply> connection) {
        this.connection = connection;
    }

    /** The connection itself. */
    public Connection<DmtpFrame, DmtpReply> connection() {
        return connection;
    }

    @Override
    public DmtpState state() {
        return state;
    }

    /** Nobody logs in. */
    @Override
    public Optional<Username> user() {
        return Optional.empty();
    }

    /** HELO and EHLO; a message that was begun is forgotten (RFC 5321 section 4.1.4). */
    public void greeted() {
        state = DmtpState.GREETED;
        origin = null;
        destination = null;
    }

    /** RSET, and the end of a message, taken or not. */
    public void reset() {
        if (state != DmtpState.CONNECTED) {
            greeted();
        }
    }

    /** MAIL. */
    public void from(Named named) {
        origin = named;
        state = DmtpState.ORIGIN_NAMED;
    }

    /** RCPT. */
    public void to(Named named) {
        destination = named;
        state = DmtpState.DESTINATION_NAMED;
    }

    /** Whose message it is, after MAIL. */
    public Named origin() {
        return Objects.requireNonNull(origin, "no MAIL");
    }

    /** Whom it is for, after RCPT. */
    public Named destination() {
        return Objects.requireNonNull(destination, "no RCPT");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

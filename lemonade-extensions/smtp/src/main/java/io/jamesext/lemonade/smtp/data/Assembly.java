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


package io.jamesext.lemonade.smtp.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message that the BDAT and BURL commands of a transaction assemble: RFC 3030 section 2, RFC 4468 section 3.2. The session keeps it,
 * and forgets it with the transaction.
 */
public final class Assembly {
    private static final Logger LOGGER = LoggerFactory.getLogger(Assembly.class);
    private static final AttachmentKey<Assembly> KEY = AttachmentKey.of("jamesext.assembly", Assembly.class);

    private final MimeMessageInputStreamSource message;
    /** As many octets may come. RFC 1870 section 6.1 counts what the client sends, which the trace header is not. */
    private final long limit;
    private long octets;
    private boolean failed;

    private Assembly(MimeMessageInputStreamSource message, long limit) {
        this.message = message;
        this.limit = limit;
    }

    /** What the session assembles, if it has begun to. */
    public static Optional<Assembly> of(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction);
    }

    static Assembly begun(SMTPSession session, Supplier<byte[]> trace) {
        return of(session).orElseGet(() -> {
            MimeMessageInputStreamSource message = MimeMessageInputStreamSource.create(MailImpl.getId());
            // From here on the session disposes of it, whatever happens to the transaction or the connection.
            ((ExtendedSMTPSession) session).setMimeMessageInputStreamSource(message);
            Assembly assembly = new Assembly(message, SizeParameter.limit(session));
            assembly.begin(trace.get());
            session.setAttachment(KEY, assembly, State.Transaction);
            return assembly;
        });
    }

    private void begin(byte[] trace) {
        try {
            out().write(trace);
        } catch (IOException e) {
            LOGGER.error("a message could not be begun", e);
            failed = true;
        }
    }

    MimeMessageInputStreamSource message() {
        return message;
    }

    /** Where the next octets go, as many as {@link #admit(long)} has let in. */
    public OutputStream out() {
        return message.getWritableOutputStream();
    }

    /** As many octets more may come. */
    public long room() {
        return limit - octets;
    }

    /** Whether so many octets more may come; then they are counted. */
    public boolean admit(long more) {
        if (more > room()) {
            return false;
        }
        octets += more;
        return true;
    }

    void fail() {
        failed = true;
    }

    boolean hasFailed() {
        return failed;
    }
}

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

import java.util.Arrays;
import java.util.Optional;

import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.jspecify.annotations.Nullable;

import com.google.inject.Inject;

/**
 * James's DATA, RFC 5321 section 4.1.1.4, with what RFC 3030 says of it; and a message that is too long or has too long a line fails as a
 * whole, where its end is.
 */
public final class DataCommand extends JamesDataCmdHandler {
    private static final byte[] END = {'.', '\r', '\n'};
    private static final AttachmentKey<DataCommand.Content> CONTENT = AttachmentKey.of("jamesext.data", Content.class);

    /** The content of one DATA on its way. */
    private static final class Content {
        private final long limit;
        private long octets;
        private Optional<Response> refusal = Optional.empty();

        Content(long limit) {
            this.limit = limit;
        }

        void count(byte[] line) {
            // RFC 5321 section 4.5.2: the first of two dots is not the message's.
            octets += line[0] == '.' ? line.length - 1 : line.length;
            if (octets > limit && refusal.isEmpty()) {
                refusal = Optional.of(new SMTPResponse("552", "5.3.4 Message too big for system"));
            }
        }
    }

    @Inject
    public DataCommand(MetricFactory metrics) {
        super(metrics);
    }

    /** Spoils the content of the DATA that is on its way by a line that is too long for it; whether there is one. */
    public static boolean spoil(SMTPSession session) {
        Optional<Content> content = session.getAttachment(CONTENT, State.Transaction);
        content.ifPresent(data -> data.refusal = Optional.of(
            new SMTPResponse("554", "5.6.0 A line of the message is too long for DATA; BDAT has no lines")));
        return content.isPresent();
    }

    @Override
    protected @Nullable Response doDATAFilter(SMTPSession session, @Nullable String argument) {
        if (Assembly.of(session).isPresent()) {
            return new SMTPResponse("503", "5.5.1 DATA does not follow BDAT or BURL");
        }
        if (BodyParameter.isBinary(session)) {
            return new SMTPResponse("503", "5.5.1 BODY=BINARYMIME needs BDAT");
        }
        return super.doDATAFilter(session, argument);
    }

    @Override
    protected SMTPResponse doDATA(SMTPSession session, @Nullable String argument) {
        session.setAttachment(CONTENT, new Content(SizeParameter.limit(session)), State.Transaction);
        return super.doDATA(session, argument);
    }

    @Override
    protected LineHandler<SMTPSession> getLineHandler() {
        LineHandler<SMTPSession> filters = super.getLineHandler();
        return (session, line) -> {
            Optional<Content> content = session.getAttachment(CONTENT, State.Transaction);
            boolean end = Arrays.equals(line, END);
            if (content.isPresent() && !end) {
                content.get().count(line);
            }
            Optional<Response> refusal = content.flatMap(data -> data.refusal);
            if (refusal.isEmpty() || !endsWithCrLf(line)) {
                // A line that ends otherwise ends the connection there, so that nothing behind it becomes a command.
                return filters.onLine(session, end ? line : withoutDot(line));
            }
            if (end) {
                session.popLineHandler();
                session.resetState();
                return refusal.get();
            }
            return null;
        };
    }

    private static boolean endsWithCrLf(byte[] line) {
        return line.length > 1 && line[line.length - 2] == '\r';
    }

    /** RFC 5321 section 4.5.2: a first dot goes. James takes the first of two. */
    private static byte[] withoutDot(byte[] line) {
        return line.length > 1 && line[0] == '.' && line[1] != '.' ? Arrays.copyOfRange(line, 1, line.length) : line;
    }
}

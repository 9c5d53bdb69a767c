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


package io.jamesext.lemonade.smtp;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;

import io.jamesext.lemonade.smtp.data.DataCommand;
import io.jamesext.lemonade.smtp.wire.SmtpConnection;

/** James's greeting, RFC 5321 section 4.3.1, behind which the connection is ours. */
public final class Connecting extends JamesWelcomeMessageHandler {
    /** RFC 5321 section 4.5.3.1.4, and section 4.3.2 for the reply to a command that cannot be understood. */
    private static final String LONG_LINE = "5.5.2 Line longer than " + SmtpConnection.MAX_LINE_OCTETS + " octets";

    @Override
    public Response onConnect(SMTPSession session) {
        SmtpConnection.open(session, line -> {
            SMTPResponse refusal = new SMTPResponse("500", LONG_LINE);
            if (!line.endsWithCrLf() || line.isChunk()) {
                // Nobody knows where the next command begins.
                SmtpConnection.of(session).end(refusal);
            } else if (!DataCommand.spoil(session)) {
                SmtpConnection.of(session).answer(refusal);
            }
        });
        return super.onConnect(session);
    }
}

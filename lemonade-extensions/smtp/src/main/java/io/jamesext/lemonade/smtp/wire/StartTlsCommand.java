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


package io.jamesext.lemonade.smtp.wire;

import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;

/** James's STARTTLS, RFC 3207, behind which nothing is left of what was sent before it. */
public final class StartTlsCommand extends StartTlsCmdHandler {
    @Override
    public Response onCommand(SMTPSession session, Request request) {
        Response response = super.onCommand(session, request);
        if (!(response instanceof StartTlsResponse)) {
            return response;
        }
        if (SmtpConnection.of(session).hasMore()) {
            // RFC 3207 section 6 and CVE-2011-0411: somebody else may have put these octets there.
            SMTPResponse refusal = new SMTPResponse("503", "5.5.1 Nothing may be sent behind STARTTLS before its reply");
            refusal.setEndSession(true);
            return refusal;
        }
        // RFC 3207 section 4.2: the server forgets what the client has said, such as its EHLO.
        session.removeAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection);
        session.removeAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection);
        return response;
    }
}

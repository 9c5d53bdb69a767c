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

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;

import org.apache.james.core.MailAddress;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.mailet.base.DateFormats;

import com.google.common.collect.ImmutableList;

/**
 * The trace header of each message: RFC 5321 section 4.4, with the keywords of RFC 3848. In the place of James's, which asks the DNS for
 * the client's name on the event loop and knows no TLS.
 */
public final class TraceHeader extends ReceivedDataLineFilter {
    private static final String EHLO = "EHLO";

    @Override
    protected Collection<Header> headers(SMTPSession session) {
        String helo = session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection).orElse("unknown");
        List<MailAddress> recipients = session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(ImmutableList.of());
        Header header = new Header("Received", "from " + printable(helo) + " (" + literal(session) + ")")
            .add("by " + session.getConfiguration().getHelloName() + " with " + protocol(session) + " id " + session.getSessionID());
        // RFC 5321 section 7.6: with more than one, each would learn of the others.
        if (recipients.size() == 1) {
            header.add("for <" + recipients.get(0).asString() + ">");
        }
        return List.of(header.add("; " + DateFormats.RFC822_DATE_FORMAT.format(ZonedDateTime.now())));
    }

    byte[] octets(SMTPSession session) {
        StringBuilder text = new StringBuilder();
        for (Header header : headers(session)) {
            text.append(header.name).append(": ").append(String.join("\r\n" + Header.MULTI_LINE_PREFIX, header.values)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 3848: ESMTP, and what protected it. */
    private static String protocol(SMTPSession session) {
        if (!session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection).filter(EHLO::equals).isPresent()) {
            return "SMTP";
        }
        return "ESMTP" + (session.isTLSStarted() ? "S" : "") + (session.getUsername() == null ? "" : "A");
    }

    /** RFC 5321 section 4.1.3. */
    private static String literal(SMTPSession session) {
        String address = session.getRemoteAddress().getAddress().getHostAddress();
        return address.indexOf(':') < 0 ? "[" + address + "]" : "[IPv6:" + address + "]";
    }

    /** What the client calls itself is its own affair, but not a header of its own. */
    private static String printable(String helo) {
        return helo.replaceAll("[^!-~]+", "?");
    }
}

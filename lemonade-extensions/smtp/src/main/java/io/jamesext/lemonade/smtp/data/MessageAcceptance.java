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
import java.util.List;
import java.util.Optional;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.DataLineJamesMessageHookHandler;
import org.apache.james.smtpserver.SMTPConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * Hands a whole message to James's message hooks, of which the last one puts it into the queue: the same for DATA, which James's part of
 * this class does, and for what BDAT and BURL have assembled.
 */
public final class MessageAcceptance extends DataLineJamesMessageHookHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(MessageAcceptance.class);

    private final TraceHeader trace = new TraceHeader();
    private final MetricFactory metrics;

    @Inject
    public MessageAcceptance(MetricFactory metrics) {
        this.metrics = metrics;
    }

    /** What the session assembles, begun with its trace header if nothing is there yet. */
    public Assembly assembly(SMTPSession session) {
        return Assembly.begun(session, () -> trace.octets(session));
    }

    /** The reply that refuses one more piece of a message, where that is out of sequence. */
    public Optional<Response> refusal(SMTPSession session) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isEmpty()) {
            return Optional.of(new SMTPResponse("503", "5.5.1 MAIL comes first"));
        }
        if (Assembly.of(session).filter(Assembly::hasFailed).isPresent()) {
            return Optional.of(new SMTPResponse("503", "5.5.1 The transaction has failed; RSET ends it"));
        }
        if (session.getRcptCount() == 0) {
            // RFC 4468 sections 3.4 and 6.
            return Optional.of(fail(session, "554", "5.5.0 No recipients have been specified"));
        }
        return Optional.empty();
    }

    /** The reply to a bad piece, which fails the whole transaction: RFC 3030 section 2, RFC 4468 section 3.2. */
    public SMTPResponse fail(SMTPSession session, String code, String text) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            assembly(session).fail();
        }
        return new SMTPResponse(code, text);
    }

    /** Ends the transaction with the message that it has assembled: the reply of the hooks. */
    public Mono<Response> accept(SMTPSession session) {
        return Blocking.call(() -> accept(session, assembly(session)));
    }

    /** The work of a command, measured under its name as James measures its own. */
    public Mono<Response> timed(String command, Mono<Response> work) {
        return Mono.from(metrics.decoratePublisherWithTimerMetric("SMTP-" + command, work));
    }

    private Response accept(SMTPSession session, Assembly assembly) {
        List<MailAddress> recipients = session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(ImmutableList.of());
        MailImpl mail = MailImpl.builder()
            .name(assembly.message().getSourceId())
            .sender(session.getAttachment(SMTPSession.SENDER, State.Transaction).orElse(MaybeSender.nullSender()))
            .addRecipients(recipients)
            .build();
        // Where James looks when the connection breaks.
        session.setAttachment(SMTPConstants.MAIL, mail, State.Transaction);
        try {
            assembly.out().close();
            mail.setMessageContent(assembly.message());
            return processExtensions(session, mail, assembly.message());
        } catch (IOException | MessagingException e) {
            LOGGER.error("a message could not be stored", e);
            session.resetState();
            return new SMTPResponse("451", "4.3.0 The message could not be stored");
        } finally {
            LifecycleUtil.dispose(assembly.message());
            LifecycleUtil.dispose(mail);
        }
    }
}

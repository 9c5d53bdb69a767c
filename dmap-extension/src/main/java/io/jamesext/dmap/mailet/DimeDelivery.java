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
package io.jamesext.dmap.mailet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;

import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.util.DurationParser;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.Splitter;
import com.google.inject.Inject;

import io.jamesext.dmap.dmtp.client.DmtpClient;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Carries on the DIME messages that SUBMIT and DMTP have put into James's spool: those for a domain of this installation get their
 * recipient, whom only the destination chunk names, and go on to James's own delivery; the others are sent by DMTP. Other mails pass.
 *
 * <p>Stands in the processor {@code transport} before everything that looks at recipients or content. Parameters:
 * <ul>
 * <li>{@code delays}: how long to wait before the second attempt, the third and so on, as {@code 5 minutes, 1 hour}; after the last one the
 * author is told.</li>
 * </ul>
 * A message that cannot be delivered comes back as a short text without anything of its content, by James's own bounce; one without
 * sender goes to the processor of errors. After a fault of the server's own, the mail is {@link Requeue tried again}.
 */
public final class DimeDelivery extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(DimeDelivery.class);
    /** How many attempts have failed. */
    private static final AttributeName TRIES = AttributeName.of("dime-delivery-tries");
    /** RFC 5321 section 4.5.4.1: half an hour at least in general, but sooner at first; four to five days in all. */
    private static final String DELAYS = "5 minutes, 15 minutes, 1 hour, 3 hours, 6 hours, 12 hours, 24 hours, 24 hours, 24 hours";

    private final Organisations organisations;
    private final LocalRecipients local;
    private final DmtpClient client;
    private final MailQueueFactory<?> queues;
    private final Clock clock;
    private @Nullable DmtpQueue outgoing;

    /** By injection. */
    @Inject
    public DimeDelivery(Organisations organisations, LocalRecipients local, DmtpClient client, MailQueueFactory<?> queues, Clock clock) {
        this.organisations = organisations;
        this.local = local;
        this.client = client;
        this.queues = queues;
        this.clock = clock;
    }

    @Override
    public void init() throws MessagingException {
        DmtpQueue queue = new DmtpQueue(queues, clock, delays(), new DmtpSender(organisations, client)::send, this::bounce);
        queue.start();
        outgoing = queue;
    }

    private List<Duration> delays() throws MessagingException {
        try {
            return Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(getInitParameter("delays", DELAYS))
                .map(DurationParser::parse).toList();
        } catch (RuntimeException e) {
            throw new MessagingException("DimeDelivery: delays are not durations separated by commas", e);
        }
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        if (!MailInTransit.isOne(mail)) {
            return;
        }
        try {
            carryOn(mail);
        } catch (ProtocolException e) {
            bounce(mail, e.text());
            mail.setState(Mail.GHOST);
        } catch (IOException | MessagingException | RuntimeException e) {
            LOGGER.error("Mail {} could not be carried on", mail.getName(), e);
            if (!requeue().again(mail, mail.getRecipients())) {
                bounce(mail, "the server had a fault of its own");
            }
            mail.setState(Mail.GHOST);
        }
    }

    private void carryOn(Mail mail) throws IOException, MessagingException {
        String destination = MailInTransit.attribute(mail, MailInTransit.DESTINATION).orElseThrow();
        if (organisations.of(destination).isPresent()) {
            local.resolve((MailImpl) mail);
        } else {
            Objects.requireNonNull(outgoing, "init() comes first").add(mail);
            mail.setState(Mail.GHOST);
        }
    }

    private Requeue requeue() {
        return new Requeue(getMailetContext(), TRIES);
    }

    /**
     * Tells the author. Where there is none to tell, the processor of errors keeps the message: the server that has brought it was told
     * that it is ours.
     */
    private void bounce(Mail mail, String reason) throws MessagingException {
        LOGGER.info("Mail {} cannot be delivered: {}", mail.getName(), reason);
        if (mail.hasSender()) {
            tell(mail, reason);
        } else {
            requeue().keep(mail, mail.getRecipients());
        }
    }

    /** James's bounce has the whole of what it is given: so that is a header alone. */
    private void tell(Mail mail, String reason) throws MessagingException {
        String destination = MailInTransit.attribute(mail, MailInTransit.DESTINATION).orElse("another domain");
        MimeMessage header = new MimeMessage((Session) null);
        header.setSubject("Your message to " + destination);
        header.setText("");
        header.saveChanges();
        MailImpl stub = MailImpl.builder().name(mail.getName()).sender(mail.getMaybeSender()).addRecipients(mail.getRecipients())
            .mimeMessage(header).build();
        try {
            getMailetContext().bounce(stub, "Your message" + name(mail) + " to somebody at " + destination
                + " could not be delivered.\r\nThe reason: " + reason + "\r\n");
        } finally {
            LifecycleUtil.dispose(stub);
        }
    }

    /** Also where the message cannot be read any more, its author is told. */
    private static String name(Mail mail) {
        try {
            return " " + mail.getMessage().getMessageID();
        } catch (MessagingException | RuntimeException e) {
            return "";
        }
    }

    @Override
    public void destroy() {
        DmtpQueue queue = outgoing;
        if (queue != null) {
            queue.stop();
        }
    }

    @Override
    public String getMailetInfo() {
        return "Delivery of DIME messages";
    }
}

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

package io.jamesext.lemonade.smtp.relay;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;

import io.jamesext.lemonade.smtp.dsn.DsnRequest;

/**
 * Sends the sender of a mail a Delivery Status Notification (RFC 3464) about those of its recipients for which one was asked.
 *
 * <p>Stands where James's DSNBounce does. Parameters:
 * <ul>
 * <li>{@code action}: what has happened: delivered, relayed, delayed or failed (unless told);</li>
 * <li>{@code status}: the RFC 3463 code where no next hop has given one; unless told 2.0.0, 4.0.0 or 5.0.0, as the action is;</li>
 * <li>{@code reportingMta}: this server's name; unless told, the default domain, which is
 * what it greets with too;</li>
 * <li>{@code passThrough}: whether the mail goes on to the next mailet; true unless told.</li>
 * </ul>
 * No report goes to the null reverse-path, and none where NOTIFY does not ask for it (RFC 3461 sections 5.2 and 6).
 */
public final class DeliveryReport extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryReport.class);

    /** RFC 3464 section 2.3.3. */
    enum Action {
        DELIVERED(Notify.SUCCESS, "2.0.0"),
        RELAYED(Notify.SUCCESS, "2.0.0"),
        DELAYED(Notify.DELAY, "4.0.0"),
        FAILED(Notify.FAILURE, "5.0.0");

        private final Notify kind;
        private final String status;

        Action(Notify kind, String status) {
            this.kind = kind;
            this.status = status;
        }

        /** RFC 3461 section 6.3 (g): the status where nothing says more. */
        String status() {
            return status;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final DomainList domains;
    private Action action = Action.FAILED;
    private String status = Action.FAILED.status;
    private Optional<String> reportingMta = Optional.empty();

    @Inject
    public DeliveryReport(DomainList domains) {
        this.domains = domains;
    }

    @Override
    public void init() throws MessagingException {
        String word = getInitParameter("action", Action.FAILED.word());
        action = Arrays.stream(Action.values())
            .filter(value -> value.name().equalsIgnoreCase(word))
            .findAny()
            .orElseThrow(() -> new MessagingException("DeliveryReport: no action '" + word + "'"));
        status = getInitParameter("status", action.status);
        if (!DeliveryStatus.STATUS.matcher(status).matches()) {
            throw new MessagingException("DeliveryReport: no status '" + status + "'");
        }
        reportingMta = Optional.ofNullable(getInitParameter("reportingMta"));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        DsnRequest request = DsnRequest.of(mail);
        List<MailAddress> recipients = mail.getRecipients().stream().filter(recipient -> request.wants(recipient, action.kind)).toList();
        Optional<MailAddress> sender = mail.getMaybeSender().asOptional();
        if (sender.isPresent() && !recipients.isEmpty()) {
            send(mail, sender.get(), recipients);
        }
        if (!getInitParameter("passThrough", true)) {
            mail.setState(Mail.GHOST);
        }
    }

    private void send(Mail mail, MailAddress sender, Collection<MailAddress> recipients) throws MessagingException {
        DeliveryStatus deliveryStatus = new DeliveryStatus(mail, action, status, mtaName());
        MimeMessage message = new ReportMessage(mail, action).write(getMailetContext().getPostmaster(), sender, recipients, deliveryStatus);
        // RFC 3461 section 6.1: from the null reverse-path, so that no report is made of a report.
        Mail report = MailImpl.builder()
            .name(MailImpl.getId())
            .sender(MaybeSender.nullSender())
            .addRecipient(sender)
            .mimeMessage(message)
            .build();
        try {
            getMailetContext().sendMail(report);
            LOGGER.debug("Mail {} is reported as {} for {}", mail.getName(), action, recipients);
        } finally {
            LifecycleUtil.dispose(report);
        }
    }

    private String mtaName() throws MessagingException {
        try {
            return reportingMta.isPresent() ? reportingMta.get() : domains.getDefaultDomain().name();
        } catch (DomainListException e) {
            throw new MessagingException("this server has no name", e);
        }
    }

    @Override
    public String getMailetInfo() {
        return "Delivery Status Notifications, RFC 3464";
    }
}

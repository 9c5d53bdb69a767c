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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.transport.mailets.remote.delivery.Bouncer;
import org.apache.james.transport.mailets.remote.delivery.DeliveryRetriesHelper;
import org.apache.james.transport.mailets.remote.delivery.ExecutionResult;
import org.apache.james.transport.mailets.remote.delivery.MailDelivrer;
import org.apache.james.transport.mailets.remote.delivery.RemoteDeliveryConfiguration;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a mail, and the reports that are due after it though the mail is not done with: "relayed" and "delayed". */
final class ReportingDelivery extends MailDelivrer {
    /** Where mail goes to be reported: names of processors; without one, no such report is made. */
    record Reports(Optional<String> relayed, Optional<String> delayed, Duration delayedAfter) {
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(ReportingDelivery.class);
    private static final AttributeName FIRST_FAILURE = AttributeName.of("lemonade-first-failure");
    private static final AttributeName DELAY_REPORTED = AttributeName.of("lemonade-delay-reported");

    private final RemoteDeliveryConfiguration configuration;
    private final MailetContext context;
    private final Reports reports;
    private final Clock clock;

    ReportingDelivery(RemoteDeliveryConfiguration configuration, DNSService dns, MailetContext context, Reports reports, Clock clock) {
        super(configuration, new HopDelivery(configuration, context), dns, new Bouncer(configuration, context), context);
        this.configuration = configuration;
        this.context = context;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public ExecutionResult deliver(Mail mail) {
        ExecutionResult result = super.deliver(mail);
        try {
            Collection<MailAddress> relayed = HopReplies.takeRelayed(mail);
            if (!relayed.isEmpty()) {
                report(mail, relayed, reports.relayed());
            }
            if (result.getExecutionState() == ExecutionResult.ExecutionState.TEMPORARY_FAILURE) {
                delayed(mail);
            }
        } catch (MessagingException e) {
            // What was sent is sent: a report that is lost must not send it again.
            LOGGER.error("No report could be made of mail {}", mail.getName(), e);
        }
        return result;
    }

    /** RFC 3461 section 4.1: once, when the delay is unusual; and not when the mail is about to be given up. */
    private void delayed(Mail mail) throws MessagingException {
        Instant firstFailure = AttributeUtils.getValueAndCastFromMail(mail, FIRST_FAILURE, Long.class)
            .map(Instant::ofEpochMilli)
            .orElseGet(clock::instant);
        mail.setAttribute(new Attribute(FIRST_FAILURE, AttributeValue.of(firstFailure.toEpochMilli())));
        boolean waits = !mail.getState().equals(Mail.ERROR) && configuration.getMaxRetries() > 0
            || DeliveryRetriesHelper.retrieveRetries(mail) < configuration.getMaxRetries();
        boolean due = !clock.instant().isBefore(firstFailure.plus(reports.delayedAfter()));
        if (waits && due && mail.getAttribute(DELAY_REPORTED).isEmpty()) {
            mail.setAttribute(new Attribute(DELAY_REPORTED, AttributeValue.of(true)));
            report(mail, mail.getRecipients(), reports.delayed());
        }
    }

    private void report(Mail mail, Collection<MailAddress> recipients, Optional<String> processor) throws MessagingException {
        if (processor.isEmpty()) {
            return;
        }
        Mail copy = mail.duplicate();
        try {
            copy.setRecipients(recipients);
            context.sendMail(copy, processor.get());
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }
}

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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.user.api.UsersRepository;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;

/**
 * James's LocalDelivery, after which the mail goes on with the recipients that have it, for a {@link DeliveryReport}; the others go to the
 * error processor. James's own keeps all recipients, so that a failure would be reported as "delivered" as well, and gives the error
 * processor a mail without its sender's requests for reports (RFC 3461 section 5.2.3).
 */
public final class LocalDelivery extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalDelivery.class);

    private final org.apache.james.transport.mailets.LocalDelivery delivery;

    @Inject
    public LocalDelivery(UsersRepository users, MailboxManager mailboxes, MetricFactory metrics) {
        delivery = new org.apache.james.transport.mailets.LocalDelivery(users, mailboxes, metrics);
    }

    @Override
    public void init() throws MessagingException {
        delivery.init(new OneAtATime(getMailetConfig()));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        List<MailAddress> delivered = new ArrayList<>();
        List<MailAddress> failed = new ArrayList<>();
        for (MailAddress recipient : List.copyOf(mail.getRecipients())) {
            mail.setRecipients(List.of(recipient));
            try {
                delivery.service(mail);
                delivered.add(recipient);
            } catch (MessagingException | RuntimeException e) {
                LOGGER.error("Mail {} could not be delivered to {}", mail.getName(), recipient, e);
                failed.add(recipient);
            }
        }
        if (!failed.isEmpty()) {
            Mail copy = mail.duplicate();
            try {
                copy.setRecipients(failed);
                getMailetContext().sendMail(copy, Mail.ERROR);
            } finally {
                LifecycleUtil.dispose(copy);
            }
        }
        mail.setRecipients(delivered);
        if (delivered.isEmpty()) {
            mail.setState(Mail.GHOST);
        }
    }

    @Override
    public String getMailetInfo() {
        return "Local delivery that can be reported";
    }

    /** The configuration that makes James's mailet say of each recipient whether it has been delivered. */
    private record OneAtATime(MailetConfig configured) implements MailetConfig {
        private static final Map<String, String> OURS = Map.of("consume", "false", "onMailetException", "propagate");

        @Override
        public String getInitParameter(String name) {
            return Optional.ofNullable(OURS.get(name)).orElseGet(() -> configured.getInitParameter(name));
        }

        @Override
        public Iterator<String> getInitParameterNames() {
            return configured.getInitParameterNames();
        }

        @Override
        public MailetContext getMailetContext() {
            return configured.getMailetContext();
        }

        @Override
        public String getMailetName() {
            return configured.getMailetName();
        }
    }
}

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
package io.jamesext.ximss.submit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;

import com.google.common.base.Suppliers;
import com.google.common.io.ByteSource;
import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Puts messages into the queue where James's SMTP server puts what users submit there. */
public final class Submission {
    private final Supplier<MailQueue> spool;
    private final CanSendFrom addresses;
    private final UsersRepository users;

    /** On James's queue, and what it knows of users' addresses. */
    @Inject
    public Submission(MailQueueFactory<?> queues, CanSendFrom addresses, UsersRepository users) {
        this.users = users;
        this.spool = Suppliers.memoize(() -> queues.createQueue(MailQueueFactory.SPOOL));
        this.addresses = addresses;
    }

    /**
     * Checks that all these addresses are the user's own: the name they log in with, or an alias of it. Blocks.
     *
     * @throws ProtocolException when one is not
     */
    public void requireOwn(Collection<MailAddress> senders, Username user) {
        if (!senders.stream().allMatch(sender -> isOwn(sender, user))) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the sender is not one of the user's own addresses");
        }
    }

    private boolean isOwn(MailAddress sender, Username user) {
        try {
            // As James's SMTP server does it: without virtual hosting a user has no domain.
            return addresses.userCanSendFrom(user, users.getUsername(sender));
        } catch (UsersRepositoryException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The address of a user. Blocks. */
    public MailAddress address(Username user) throws UsersRepositoryException {
        return users.getMailAddressFor(user);
    }

    /** All addresses of a user's own, in either case. Blocks. */
    public Set<String> addresses(Username user) throws Exception {
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        own.add(address(user).asString());
        addresses.allValidFromAddressesForUser(user).forEach(address -> own.add(address.asString()));
        return own;
    }

    /** Returns when the queue has the message, which is James's promise to deliver it. Blocks. */
    public void send(Envelope envelope, ByteSource message) throws IOException, MessagingException, MailQueue.MailQueueException {
        String name = MailImpl.getId();
        try (InputStream in = message.openStream()) {
            MimeMessageInputStreamSource source = MimeMessageInputStreamSource.create(name, in);
            MailImpl mail = MailImpl.builder()
                .name(name)
                .sender(envelope.sender().map(MaybeSender::of).orElseGet(MaybeSender::nullSender))
                .addRecipients(envelope.recipients())
                // By this, mailets know that somebody has logged in, and relay.
                .addAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(envelope.user().asString())))
                .build();
            try {
                mail.setMessageContent(source);
                reports(envelope).ifPresent(mail::setDsnParameters);
                spool.get().enQueue(mail);
            } finally {
                LifecycleUtil.dispose(mail);
                LifecycleUtil.dispose(source);
            }
        }
    }

    private static Optional<DsnParameters> reports(Envelope envelope) {
        DsnParameters.Builder parameters = DsnParameters.builder();
        if (envelope.reportsSuccess()) {
            envelope.recipients().forEach(recipient -> parameters.addRcptParameter(recipient,
                RecipientDsnParameters.of(EnumSet.of(Notify.SUCCESS, Notify.FAILURE, Notify.DELAY))));
        }
        return parameters.build();
    }
}

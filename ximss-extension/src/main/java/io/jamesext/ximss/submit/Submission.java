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
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;

import com.google.common.io.ByteSource;
import com.google.inject.Inject;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.kernel.submit.OwnAddresses;

/** Puts messages into the queue where James's SMTP server puts what users submit there. */
public final class Submission {
    private final MailSpool spool;
    private final OwnAddresses addresses;

    /** On James's queue, and what it knows of users' addresses. */
    @Inject
    public Submission(MailSpool spool, OwnAddresses addresses) {
        this.spool = spool;
        this.addresses = addresses;
    }

    /**
     * Checks that all these addresses are the user's own: the name they log in with, or an alias of it. Blocks.
     *
     * @throws ProtocolException when one is not
     */
    public void requireOwn(Collection<MailAddress> senders, Username user) {
        addresses.require(senders, user);
    }

    /** The address of a user. Blocks. */
    public MailAddress address(Username user) throws UsersRepositoryException {
        return addresses.of(user);
    }

    /** All addresses of a user's own, in either case. Blocks. */
    public Set<String> addresses(Username user) throws Exception {
        return addresses.all(user);
    }

    /** Returns when the queue has the message, which is James's promise to deliver it. Blocks. */
    public void send(Envelope envelope, ByteSource message) throws IOException, MessagingException, MailQueue.MailQueueException {
        MailImpl mail = MailImpl.builder()
            .name(MailImpl.getId())
            .sender(envelope.sender().map(MaybeSender::of).orElseGet(MaybeSender::nullSender))
            .addRecipients(envelope.recipients())
            // By this, mailets know that somebody has logged in, and relay.
            .addAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(envelope.user().asString())))
            .build();
        reports(envelope).ifPresent(mail::setDsnParameters);
        spool.add(mail, message);
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

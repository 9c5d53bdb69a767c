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
import java.io.InputStream;

import javax.mail.MessagingException;

import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.Envelope;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dmtp.DestinationEnvelope;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.dmtp.client.DmtpClient;
import io.jamesext.dmap.dmtp.client.DmtpException;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;

/** One attempt to hand a mail over to the server of its destination. */
final class DmtpSender {
    private static final Logger LOGGER = LoggerFactory.getLogger(DmtpSender.class);

    private final Organisations organisations;
    private final DmtpClient client;

    DmtpSender(Organisations organisations, DmtpClient client) {
        this.organisations = organisations;
        this.client = client;
    }

    /** When this returns, the message is the other server's. Blocks. */
    void send(Mail mail) throws DmtpException, IOException, MessagingException {
        String destination = MailInTransit.attribute(mail, MailInTransit.DESTINATION).orElseThrow();
        Organisation origin = MailInTransit.attribute(mail, MailInTransit.ORIGIN).flatMap(organisations::of)
            .orElseThrow(() -> new DmtpException(DmtpException.Kind.PERMANENT, "the author's domain has no keys here"));
        Spool message = MailInTransit.message(mail, LocalRecipients.MEMORY_BYTES);
        try {
            Fingerprint signet = destinationSignet(message, origin, destination);
            client.send(new DmtpClient.Transfer(origin, Domains.parse(destination), signet, message));
        } catch (ProtocolException e) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, e.text(), e);
        } finally {
            forget(message);
        }
    }

    /** Whether the file can be deleted is no matter of the message's: it may be the other server's, and would be sent again. */
    private static void forget(Spool message) {
        try {
            message.close();
        } catch (IOException e) {
            LOGGER.warn("The temporary file of a message is not deleted", e);
        }
    }

    /** The origin chunk says which signet of the destination the author has used. */
    private static Fingerprint destinationSignet(Spool message, Organisation origin, String destination) throws IOException {
        try (InputStream in = message.getInputStream()) {
            Envelope envelope = DestinationEnvelope.read(message, MessageLayout.read(in), Actor.ORIGIN, origin);
            if (!envelope.organisation().equalsIgnoreCase(destination)) {
                throw new ProtocolException(Failure.CONFLICT, "the message names another domain than its envelope");
            }
            return envelope.organisationSignet();
        }
    }
}

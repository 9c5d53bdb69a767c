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
import java.time.Clock;
import java.util.Optional;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.server.core.MailImpl;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import com.google.common.hash.Hashing;
import com.google.inject.Inject;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.Envelope;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dmtp.DestinationEnvelope;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.dmtp.Recipients;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.dmap.ring.Signets;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;

/** Finds out for whom a message is that has come to its destination. */
public final class LocalRecipients {
    /** Octets of a message that are held in memory; a larger one is in a temporary file. */
    static final int MEMORY_BYTES = 1 << 18;

    private final Organisations organisations;
    private final Recipients recipients;
    private final Signets signets;
    private final UsersRepository users;
    private final Clock clock;

    /** On James's users and our keys. */
    @Inject
    public LocalRecipients(Organisations organisations, Recipients recipients, Signets signets, UsersRepository users, Clock clock) {
        this.organisations = organisations;
        this.recipients = recipients;
        this.signets = signets;
        this.users = users;
        this.clock = clock;
    }

    /**
     * Makes an ordinary mail to the recipient of it, whose header names the recipient's key. The sender goes, for James would write it into
     * the header, where it is read by who may not open the message. Blocks, as mailets do.
     *
     * @throws ProtocolException when it is for nobody here; its text is for the author
     */
    void resolve(MailImpl mail) throws IOException, MessagingException {
        String origin = MailInTransit.attribute(mail, MailInTransit.ORIGIN).orElseThrow();
        Organisation ours = MailInTransit.attribute(mail, MailInTransit.DESTINATION).flatMap(organisations::of).orElseThrow();
        try (Spool message = MailInTransit.message(mail, MEMORY_BYTES)) {
            Envelope envelope = envelope(message, ours);
            if (!envelope.organisation().equalsIgnoreCase(origin) || !Domains.of(envelope.user()).equals(ours.domain())) {
                throw new ProtocolException(Failure.CONFLICT, "the message names other domains than its envelope");
            }
            Username user = recipients.userOf(envelope.user()).filterWhen(recipients::exists).blockOptional().orElseThrow(() -> nobody());
            Signet signet = signets.find(user, envelope.userSignet()).blockOptional().orElseThrow(() -> nobody());
            byte[] unique = message.asByteSource().hash(Hashing.sha512()).asBytes();
            MailAddress address = users.getMailAddressFor(user);
            MailInTransit.replace(mail, message,
                DimeWrapper.header(clock.instant(), unique, Optional.of(signet.fingerprint(SignetLevel.REQUEST))));
            MailInTransit.arrived(mail, address);
        } catch (UsersRepositoryException e) {
            throw new MessagingException("James's users cannot be read", e);
        }
    }

    private static Envelope envelope(Spool message, Organisation ours) throws IOException {
        try (InputStream in = message.getInputStream()) {
            return DestinationEnvelope.read(message, MessageLayout.read(in), Actor.DESTINATION, ours);
        }
    }

    private static ProtocolException nobody() {
        return new ProtocolException(Failure.NO_SUCH_MAILBOX, "there is no such recipient, or it has another key now");
    }
}

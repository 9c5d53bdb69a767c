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
package io.jamesext.ximss.calendar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;

import com.google.common.io.ByteSource;

import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.calendar.Invitation;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.submit.Submission;

/** Sends what people tell each other about items: iMIP, RFC 6047. All of it blocks. */
public final class Invitations {
    /** A mail that can be sent. */
    public record Outgoing(Envelope envelope, ByteSource message) {
    }

    private final Submission submission;
    private final String host;

    /**
     * Through James's queue.
     *
     * @param host this server's name, for Message-IDs
     */
    public Invitations(Submission submission, String host) {
        this.submission = submission;
        this.host = host;
    }

    /** The e-mail address of a user. */
    public String address(Username user) throws Exception {
        return submission.address(user).asString();
    }

    /** All e-mail addresses of a user's own. */
    public Set<String> addresses(Username user) throws Exception {
        return submission.addresses(user);
    }

    /**
     * Makes all of them, before anything is done, so that what can go wrong then is only the queue. Addresses to which nothing can be sent
     * are left out: an item may come from anybody.
     *
     * @throws ProtocolException when the user may not send one of them, or it has too many recipients
     */
    public List<Outgoing> prepare(List<Invitation> invitations, Username user, Instant now) {
        List<Outgoing> prepared = new ArrayList<>();
        for (Invitation invitation : invitations) {
            MailAddress sender = Envelope.address(invitation.from());
            submission.requireOwn(List.of(sender), user);
            List<MailAddress> recipients = invitation.recipients().stream().flatMap(address -> address(address).stream()).toList();
            if (!recipients.isEmpty()) {
                CalendarMessage message = new CalendarMessage("ximss-" + UUID.randomUUID() + "@" + host, invitation.from(),
                    recipients.stream().map(MailAddress::asString).toList(), invitation.subject(), invitation.calendar());
                prepared.add(new Outgoing(new Envelope(user, Optional.of(sender), recipients, false),
                    ByteSource.wrap(message.octets(now))));
            }
        }
        return prepared;
    }

    private static Optional<MailAddress> address(String text) {
        try {
            return Optional.of(Envelope.address(text));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** Sends all. When it fails, some may have gone out: to do the same again tells them the same once more, and all others too. */
    public void send(List<Outgoing> prepared) throws Exception {
        for (Outgoing mail : prepared) {
            submission.send(mail.envelope, mail.message);
        }
    }
}

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;

import com.google.common.io.ByteSource;

import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.calendar.Invitation;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.submit.Submission;

/** Sends what people tell each other about items: iMIP, RFC 6047. All of it blocks. */
public final class Invitations {
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

    /** Checks whether all can be sent, before anything is done. */
    public void check(List<Invitation> invitations, Username user) {
        invitations.forEach(invitation -> {
            Envelope envelope = envelope(invitation, user);
            submission.requireOwn(envelope.sender().stream().toList(), user);
        });
    }

    /** Sends all. */
    public void send(List<Invitation> invitations, Username user, Instant now) throws Exception {
        for (Invitation invitation : invitations) {
            CalendarMessage message = new CalendarMessage("ximss-" + UUID.randomUUID() + "@" + host, invitation.from(),
                invitation.recipients(), invitation.subject(), invitation.calendar());
            submission.send(envelope(invitation, user), ByteSource.wrap(message.octets(now)));
        }
    }

    private static Envelope envelope(Invitation invitation, Username user) {
        List<MailAddress> recipients = invitation.recipients().stream().map(Envelope::address).toList();
        return new Envelope(user, Optional.of(Envelope.address(invitation.from())), recipients, false);
    }
}

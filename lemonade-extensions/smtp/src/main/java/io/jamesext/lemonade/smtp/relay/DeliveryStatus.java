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

import static org.apache.mailet.base.DateFormats.RFC822_DATE_FORMAT;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.DsnParameters.XText;
import org.apache.mailet.Mail;

import com.google.common.net.InetAddresses;

import io.jamesext.kernel.submit.Hold;
import io.jamesext.lemonade.smtp.dsn.DsnRequest;
import io.jamesext.lemonade.smtp.relay.HopReplies.HopReply;

/**
 * The message/delivery-status of a mail. RFC 3464 section 2, RFC 3461 section 6.3.
 *
 * @param status where no next hop has given one
 * @param mta this server's name
 */
record DeliveryStatus(Mail mail, DeliveryReport.Action action, String status, String mta) {
    static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    /** RFC 5321 section 4.2: a reply, with the code of RFC 2034 section 4 where it has one. */
    private static final Pattern REPLY = Pattern.compile("([245])\\d\\d[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3}) )?.*");

    /** Its fields, with the empty lines between the message's and each recipient's. */
    String fields(Collection<MailAddress> recipients) {
        DsnRequest request = DsnRequest.of(mail);
        StringBuilder fields = new StringBuilder();
        // RFC 3461 section 6.3 (b): a name that is not of the Internet is not said to be one.
        field(fields, "Reporting-MTA", (mta.contains(".") ? "dns; " : "x-local-hostname; ") + mta);
        request.envelopeId().ifPresent(xtext -> field(fields, "Original-Envelope-Id", XText.decode(xtext)));
        AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of("dsn-arrival-date"), ZonedDateTime.class)
            .ifPresent(date -> field(fields, "Arrival-Date", RFC822_DATE_FORMAT.format(date)));
        // RFC 4865 section 5.1.2.
        AttributeUtils.getValueAndCastFromMail(mail, Hold.REQUEST, String.class)
            .ifPresent(hold -> field(fields, "Future-Release-Request", hold));
        for (MailAddress recipient : recipients) {
            fields.append("\r\n");
            request.originalRecipient(recipient).ifPresent(value -> field(fields, "Original-Recipient", decoded(value)));
            field(fields, "Final-Recipient", "rfc822; " + recipient.asString());
            recipient(fields, HopReplies.of(mail, recipient));
        }
        return fields.toString();
    }

    private void recipient(StringBuilder fields, Optional<HopReply> hop) {
        field(fields, "Action", action.word());
        if (action == DeliveryReport.Action.DELIVERED || hop.isEmpty()) {
            field(fields, "Status", status);
            return;
        }
        field(fields, "Status", status(hop.get().reply()));
        String name = hop.get().hop();
        // RFC 3461 section 9.3: an address is in brackets.
        field(fields, "Remote-MTA", "dns; " + (InetAddresses.isInetAddress(name) ? "[" + name + "]" : name));
        if (!hop.get().reply().isEmpty()) {
            field(fields, "Diagnostic-Code", "smtp; " + hop.get().reply());
        }
        field(fields, "Last-Attempt-Date", RFC822_DATE_FORMAT.format(mail.getLastUpdated().toInstant().atZone(ZoneId.systemDefault())));
    }

    /** The code of a reply; RFC 3463 section 3.5: X.4.1 where the hop did not answer, and X.4.7 where it never did. */
    private String status(String reply) {
        Matcher matcher = REPLY.matcher(reply);
        if (matcher.matches()) {
            return Optional.ofNullable(matcher.group(2))
                .filter(code -> code.startsWith(matcher.group(1)))
                .orElse(matcher.group(1) + ".0.0");
        }
        return action == DeliveryReport.Action.FAILED ? "4.4.7" : "4.4.1";
    }

    private static String decoded(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        return orcpt.substring(0, semicolon + 1) + XText.decode(orcpt.substring(semicolon + 1));
    }

    private static void field(StringBuilder fields, String name, String value) {
        // Nothing that others have said may begin a field of its own.
        fields.append(name).append(": ").append(value.replaceAll("[^ -~]", "?")).append("\r\n");
    }
}

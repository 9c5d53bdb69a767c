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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import javax.mail.Address;
import javax.mail.MessagingException;
import javax.mail.SendFailedException;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;

import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

import com.sun.mail.smtp.SMTPAddressFailedException;
import com.sun.mail.smtp.SMTPSendFailedException;
import com.sun.mail.smtp.SMTPSenderFailedException;

/** What the next hops said of the recipients of a mail: attributes of the mail, so that they outlive its time in a queue. */
final class HopReplies {
    private static final AttributeName REPLIES = AttributeName.of("lemonade-hop-replies");
    private static final AttributeName RELAYED = AttributeName.of("lemonade-relayed");
    /** Characters of a reply that are kept: it becomes a line of a report. */
    private static final int MAX_REPLY = 900;

    private HopReplies() {
    }

    /**
     * What a hop said last.
     *
     * @param hop its name
     * @param reply its reply in one line of printable ASCII; empty where it did not answer
     */
    record HopReply(String hop, String reply) {
    }

    /** What was said of a recipient. */
    static Optional<HopReply> of(Mail mail, MailAddress recipient) {
        return Optional.ofNullable(replies(mail).get(recipient.asString()))
            .map(value -> (String) value.value())
            .map(value -> new HopReply(value.substring(0, value.indexOf(' ')), value.substring(value.indexOf(' ') + 1)));
    }

    /** Keeps one reply for some recipients. */
    static void put(Mail mail, String hop, String reply, Stream<? extends Address> recipients) {
        Map<String, AttributeValue<?>> replies = new HashMap<>(replies(mail));
        AttributeValue<String> value = AttributeValue.of(hop + " " + line(reply));
        recipients.forEach(recipient -> replies.put(((InternetAddress) recipient).getAddress(), value));
        mail.setAttribute(new Attribute(REPLIES, AttributeValue.of(replies)));
    }

    /** Keeps what a failure tells: of the transaction, and of each recipient that was refused for itself. */
    static void putFailure(Mail mail, String hop, MessagingException failure, Collection<InternetAddress> recipients) {
        Set<Address> failed = new LinkedHashSet<>(recipients);
        sent(failure).forEach(failed::remove);
        put(mail, hop, isReply(failure) ? said(failure) : "", failed.stream());
        for (Exception next = failure; next instanceof MessagingException nested; next = nested.getNextException()) {
            if (nested instanceof SMTPAddressFailedException refused) {
                put(mail, hop, said(nested), Stream.of(refused.getAddress()));
            }
        }
    }

    /** Whether a failure's message is a reply, or stands for one. */
    private static boolean isReply(MessagingException failure) {
        return failure instanceof SMTPSendFailedException || failure instanceof SMTPSenderFailedException
            || failure instanceof SMTPAddressFailedException
            || said(failure).startsWith(HopDelivery.CANNOT_CONVERT);
    }

    private static String said(MessagingException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }

    /** The recipients that a hop took although sending the message failed for others. */
    static List<Address> sent(MessagingException failure) {
        return failure instanceof SendFailedException partial && partial.getValidSentAddresses() != null
            ? List.of(partial.getValidSentAddresses()) : List.of();
    }

    /** Adds recipients that wait for a "relayed" report. */
    static void putRelayed(Mail mail, Collection<MailAddress> recipients) {
        Set<String> all = new LinkedHashSet<>();
        relayedAddresses(mail).forEach(all::add);
        recipients.forEach(recipient -> all.add(recipient.asString()));
        if (!all.isEmpty()) {
            mail.setAttribute(new Attribute(RELAYED, AttributeValue.ofAny(all.stream().map(AttributeValue::of).toList())));
        }
    }

    /** Takes the recipients away that wait for a "relayed" report. */
    static List<MailAddress> takeRelayed(Mail mail) throws AddressException {
        List<String> addresses = relayedAddresses(mail).toList();
        mail.removeAttribute(RELAYED);
        List<MailAddress> recipients = new ArrayList<>();
        for (String address : addresses) {
            recipients.add(new MailAddress(address));
        }
        return recipients;
    }

    private static Stream<String> relayedAddresses(Mail mail) {
        return mail.getAttribute(RELAYED).stream()
            .flatMap(attribute -> ((Collection<?>) attribute.getValue().value()).stream())
            .map(value -> (String) ((AttributeValue<?>) value).value());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, AttributeValue<?>> replies(Mail mail) {
        return mail.getAttribute(REPLIES)
            .map(attribute -> (Map<String, AttributeValue<?>>) attribute.getValue().value())
            .orElse(Map.of());
    }

    private static String line(String reply) {
        String line = reply.strip().replaceAll("\\s+", " ").replaceAll("[^ -~]", "?");
        return line.substring(0, Math.min(line.length(), MAX_REPLY));
    }
}

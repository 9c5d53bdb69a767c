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

import java.util.List;
import java.util.Optional;

import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * Who sends to whom.
 *
 * @param user who has logged in
 * @param sender the reverse-path: empty for reports
 * @param recipients at least one, each once
 * @param reportsSuccess whether delivery is to be reported too, RFC 3461; failure is anyway
 */
public record Envelope(Username user, Optional<MailAddress> sender, List<MailAddress> recipients, boolean reportsSuccess) {
    private static final List<String> RECIPIENT_FIELDS = List.of("To", "Cc", "Bcc");
    /** RFC 5321 section 4.5.3.1.8 asks for 100; each is a delivery. */
    private static final int MAX_RECIPIENTS = 1000;

    /** Checks the number of recipients. */
    public Envelope {
        recipients = ImmutableList.copyOf(recipients.stream().distinct().toList());
        if (recipients.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "there is no recipient");
        }
        if (recipients.size() > MAX_RECIPIENTS) {
            throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_RECIPIENTS + " recipients");
        }
    }

    /**
     * Whom a message is for: "all addresses specified in the To, Cc, and Bcc elements", XIMSS, "Message Operations", messageSubmit.
     *
     * @throws ProtocolException when one of them is no address
     */
    public static List<MailAddress> recipients(Element email) {
        return RECIPIENT_FIELDS.stream()
            .flatMap(field -> email.elements().filter(element -> Ascii.equalsIgnoreCase(element.name(), field)))
            .map(element -> address(element.text()))
            .toList();
    }

    /**
     * An address as a client writes it: the first word, for an example of messageSubmit has another one behind it.
     *
     * @throws ProtocolException for what is none
     */
    public static MailAddress address(String text) {
        try {
            String word = text.strip().replaceFirst("\\s.*", "");
            if (!word.contains("@")) {
                throw new AddressException("an address has a domain");
            }
            return new MailAddress(word);
        } catch (AddressException e) {
            throw new ProtocolException(Failure.SYNTAX, "not an e-mail address");
        }
    }
}

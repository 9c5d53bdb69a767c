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
package io.jamesext.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

import io.jamesext.testing.bench.ImapClient;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.Ports;

/** Mail for one user that a server took over: none of it may be lost, whatever becomes of that server. */
final class AcceptedMail {
    private static final Duration LONGEST_DELIVERY = Duration.ofMinutes(2);
    private static final String SENDER = "alice@example.org";
    /** The last field of an ENVELOPE. */
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>]+>(?=\"\\)\\)$)");

    private final String recipient;
    private final List<String> messageIds = new CopyOnWriteArrayList<>();

    AcceptedMail(String recipient) {
        this.recipient = recipient;
    }

    /** The Message-IDs of what was accepted with 250. */
    List<String> messageIds() {
        return messageIds;
    }

    /** Sends one message after the other over the port that hands everything to the mail queue. */
    void sendUntilTheServerIsGone(Ports ports) {
        Session session = Session.getInstance(new Properties());
        try (Transport smtp = session.getTransport("smtp")) {
            smtp.connect("127.0.0.1", ports.of(Listener.SMTP), "", "");
            while (true) {
                MimeMessage message = new MimeMessage(session);
                message.setFrom(new InternetAddress(SENDER));
                message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
                message.setSubject("queued " + messageIds.size());
                message.setText("not to be lost", StandardCharsets.US_ASCII.name());
                message.saveChanges();
                smtp.sendMessage(message, message.getAllRecipients());
                messageIds.add(message.getMessageID());
            }
        } catch (MessagingException e) {
            // The server was killed: this one was not accepted.
        }
    }

    /** The Message-IDs in the recipient's INBOX once all that was accepted is there, or when it has taken too long. */
    List<String> awaitDelivery(Ports ports) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_DELIVERY.toNanos();
        while (true) {
            List<String> delivered = messageIdsIn("INBOX", ports);
            if (delivered.containsAll(messageIds) || System.nanoTime() > deadline) {
                return delivered;
            }
            Thread.sleep(500);
        }
    }

    private List<String> messageIdsIn(String mailbox, Ports ports) throws IOException {
        try (ImapClient imap = ImapClient.logIn(ports.of(Listener.IMAP), recipient, Accounts.PASSWORD)) {
            imap.command("EXAMINE " + mailbox);
            return imap.command("FETCH 1:* ENVELOPE").stream()
                .map(MESSAGE_ID::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
        }
    }
}

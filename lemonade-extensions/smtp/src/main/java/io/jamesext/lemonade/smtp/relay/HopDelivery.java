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

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import javax.mail.Address;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;

import org.apache.james.core.MailAddress;
import org.apache.james.transport.mailets.remote.delivery.ExecutionResult;
import org.apache.james.transport.mailets.remote.delivery.MailDelivrerToHost;
import org.apache.james.transport.mailets.remote.delivery.RemoteDeliveryConfiguration;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.HostAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.sun.mail.smtp.SMTPMessage;

import io.jamesext.lemonade.smtp.dsn.DsnRequest;

/**
 * Sends a mail to one next hop, in one transaction: converted to what the hop takes, with the sender's requests for reports where the
 * hop knows them. RFC 3461 section 5.2.1 and 5.2.2, RFC 6152 section 3.
 *
 * <p>The settings are those of James's RemoteDelivery, but for {@code mail.smtp.dsn.*} (RFC 3461 section 5.2.1: what the sender did not
 * ask for is not asked) and {@code mail.smtp.allow8bitmime} (an encoding that the sender chose stays).
 */
final class HopDelivery extends MailDelivrerToHost {
    /** RFC 3030 section 3: as a reply, whose first digit tells James that it is of no use to try again. */
    static final String CANNOT_CONVERT = "554 5.6.3 Conversion required but not supported";
    private static final Logger LOGGER = LoggerFactory.getLogger(HopDelivery.class);

    private final RemoteDeliveryConfiguration configuration;
    private final Session smtp;
    private final Session smtps;

    HopDelivery(RemoteDeliveryConfiguration configuration, MailetContext context) {
        super(configuration, context);
        this.configuration = configuration;
        this.smtp = session(configuration.createFinalJavaxProperties());
        this.smtps = session(configuration.createFinalJavaxPropertiesWithSSL());
    }

    private static Session session(Properties properties) {
        properties.keySet().removeIf(name -> name.toString().matches("mail\\.smtps?\\.dsn\\..*"));
        return Session.getInstance(properties);
    }

    @Override
    public ExecutionResult tryDeliveryToHost(Mail mail, Collection<InternetAddress> recipients, HostAddress hop)
            throws MessagingException {
        boolean secure = configuration.isSSLEnable() && hop.getProtocol().equalsIgnoreCase("smtps");
        Session session = secure ? smtps : smtp;
        HopTransport transport = new HopTransport(session, hop, secure);
        try {
            transport.setLocalHost(configuration.getHeloNameProvider().getHeloName());
            connect(transport, hop);
            send(mail, recipients, transport, session);
            taken(mail, hop, transport, recipients.stream());
        } catch (MessagingException e) {
            HopReplies.putFailure(mail, name(hop), e, recipients);
            taken(mail, hop, transport, HopReplies.sent(e).stream());
            throw e;
        } finally {
            close(transport, mail, hop);
        }
        LOGGER.info("Mail {} from {} was taken for {} by {}", mail.getName(), mail.getMaybeSender().asString(), recipients, name(hop));
        return ExecutionResult.success();
    }

    private void connect(HopTransport transport, HostAddress hop) throws MessagingException {
        if (configuration.getAuthUser() != null) {
            transport.connect(name(hop), configuration.getAuthUser(), configuration.getAuthPass());
        } else if (configuration.isConnectByHostname()) {
            // The certificate is for a name.
            transport.connect(name(hop), null, null);
        } else {
            transport.connect();
        }
    }

    private static String name(HostAddress hop) {
        String name = hop.getHostName();
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static void send(Mail mail, Collection<InternetAddress> recipients, HopTransport transport, Session session)
            throws MessagingException {
        // A copy: the next hop, and a report, see the message as it was.
        try (MessageOctets octets = MessageOctets.of(mail.getMessage(), "Bcc", "Content-Length")) {
            boolean eightBitMime = transport.supportsExtension("8BITMIME");
            DownConversion conversion = DownConversion.of(octets.source(), eightBitMime ? BodyData.EIGHT_BIT : BodyData.SEVEN_BIT);
            boolean eightBit = eightBitMime && conversion.data() == BodyData.EIGHT_BIT;
            boolean dsn = transport.supportsExtension("DSN");
            transport.parameters((eightBit ? " BODY=8BITMIME" : "") + (dsn ? DsnRequest.of(mail).mailParameters() : ""),
                dsn ? rcptParameters(mail, recipients) : Map.of());
            transport.sendMessage(new Outgoing(session, mail, conversion), recipients.toArray(Address[]::new));
        } catch (CannotConvertException e) {
            LOGGER.info("Mail {} cannot be converted to what a next hop takes: {}", mail.getName(), e.getMessage());
            throw new MessagingException(CANNOT_CONVERT);
        } catch (IOException e) {
            throw new MessagingException("the message could not be read", e);
        }
    }

    private static Map<String, String> rcptParameters(Mail mail, Collection<InternetAddress> recipients) throws AddressException {
        DsnRequest request = DsnRequest.of(mail);
        Map<String, String> parameters = new HashMap<>();
        for (InternetAddress recipient : recipients) {
            parameters.put(recipient.getAddress(), request.rcptParameters(new MailAddress(recipient)));
        }
        return parameters;
    }

    /** RFC 3461 section 5.2.2 (b): what a hop without DSN took is for us to report. */
    private static void taken(Mail mail, HostAddress hop, HopTransport transport, Stream<? extends Address> recipients)
            throws AddressException {
        List<? extends Address> addresses = recipients.toList();
        if (addresses.isEmpty()) {
            return;
        }
        HopReplies.put(mail, name(hop), transport.getLastServerResponse(), addresses.stream());
        if (!transport.supportsExtension("DSN")) {
            List<MailAddress> all = new ArrayList<>();
            for (Address address : addresses) {
                all.add(new MailAddress((InternetAddress) address));
            }
            all.removeIf(recipient -> !DsnRequest.of(mail).wants(recipient, Notify.SUCCESS));
            HopReplies.putRelayed(mail, all);
        }
    }

    private static void close(HopTransport transport, Mail mail, HostAddress hop) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // The transaction is over: QUIT decides nothing.
            LOGGER.info("The connection to {} was not closed well after mail {}: {}", name(hop), mail.getName(), e.getMessage());
        }
    }

    /** What is sent: octets, whatever Jakarta Mail makes of a message. */
    private static final class Outgoing extends SMTPMessage {
        private final DownConversion conversion;

        Outgoing(Session session, Mail mail, DownConversion conversion) {
            super(session);
            this.conversion = conversion;
            setEnvelopeFrom(mail.getMaybeSender().asString("<>"));
        }

        @Override
        public void writeTo(OutputStream out, String[] leftOut) throws IOException {
            conversion.writeTo(out);
        }
    }
}

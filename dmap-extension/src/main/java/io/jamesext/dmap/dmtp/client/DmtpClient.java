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
package io.jamesext.dmap.dmtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.dnsservice.api.DNSService;

import com.google.inject.Inject;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;

/** What can be asked of the servers of other domains. All of it blocks. */
public final class DmtpClient {
    private static final Pattern SIZE = Pattern.compile("SIZE=\\[([0-9]{1,10})]");
    private static final int NO_SUCH = 550;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10),
        Duration.ofMinutes(10));

    private final DmtpServers servers;
    private final DmtpTls tls;
    private final DNSService dns;
    private final Limits limits;

    /**
     * A message to be handed over.
     *
     * @param origin the author's organisation, which has signed it
     * @param destination the recipient's domain
     * @param destinationSignet the one that the author has used
     * @param octets of the message
     */
    public record Transfer(Organisation origin, String destination, Fingerprint destinationSignet, Spool octets) {
    }

    /**
     * How long things may take.
     *
     * @param question to find a server, to reach it at whichever address, and for one question about a signet besides
     * @param commands before a message
     * @param octets of a message
     * @param answer to a message. RFC 5321 section 4.5.3.2.6: who leaves before it sends again what is delivered already
     */
    record Limits(Duration question, Duration commands, Duration octets, Duration answer) {
    }

    /** By injection. */
    @Inject
    public DmtpClient(DmtpServers servers, DmtpTls tls, DNSService dns) {
        this(servers, tls, dns, LIMITS);
    }

    /** With other limits. */
    DmtpClient(DmtpServers servers, DmtpTls tls, DNSService dns, Limits limits) {
        this.servers = servers;
        this.tls = tls;
        this.dns = dns;
        this.limits = limits;
    }

    /**
     * A signet as the domain's server tells it, or empty if there is none. An organisation's is signed by itself, with a key that the
     * operator or the DNS has named if one of them has; of a user's nothing is checked but its form.
     */
    Optional<Signet> signet(Question question) throws DmtpException {
        String command = command(question);
        return talk(question.domain(), connection -> {
            DmtpAnswer answer = connection.ask(command);
            if (answer.code() == NO_SUCH) {
                return Optional.empty();
            }
            if (!answer.isPositive()) {
                throw answer.refusal();
            }
            return Optional.of(checked(SignetAnswer.read(answer), question, connection.server()));
        });
    }

    /** A command is one line, and nothing that a user has written may be a second one. */
    private static String command(Question question) throws DmtpException {
        if (!question.name().matches("[!-;=?-~]{1,320}")) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, "the address cannot be asked for");
        }
        return "SGNT " + (question.isForUser() ? "USER=<" : "DOMAIN=<") + question.name() + ">"
            + question.fingerprint().map(print -> " FINGERPRINT=[" + print + "]").orElse("");
    }

    private static Signet checked(Signet signet, Question question, DmtpServer server) {
        boolean isOther = question.fingerprint().isPresent() && !signet.isNamed(question.fingerprint().get())
            || signet.identifier().isPresent() && !signet.identifier().get().equalsIgnoreCase(question.name());
        if (isOther || !(question.isForUser() ? signet.type() == ObjectType.USER_SIGNET : isVouchedFor(signet, server))) {
            throw new ProtocolException(Failure.CONFLICT, "the server of " + server.domain() + " tells a wrong signet");
        }
        return signet;
    }

    private static boolean isVouchedFor(Signet signet, DmtpServer server) {
        return signet.type() == ObjectType.ORGANISATION_SIGNET && SignetSignatures.isSelfSigned(signet)
            && (server.primaryKeys().isEmpty() || server.primaryKeys().contains(signet.signingKey()));
    }

    /** Hands a message over. When this returns, it is the other server's. */
    public void send(Transfer transfer) throws DmtpException {
        talk(transfer.destination(), connection -> {
            connection.endIn(limits.commands());
            DmtpAnswer hello = connection.require("EHLO HOST=<" + transfer.origin().domain() + ">");
            if (mostBytes(hello) < transfer.octets().size()) {
                throw new DmtpException(DmtpException.Kind.PERMANENT, "the message is too large for the other server");
            }
            connection.require("MAIL FROM=<" + transfer.origin().domain() + "> FINGERPRINT=["
                + transfer.origin().signet().fingerprint(SignetLevel.CRYPTO) + "]");
            connection.require("RCPT TO=<" + transfer.destination() + "> FINGERPRINT=[" + transfer.destinationSignet() + "]");
            connection.endIn(limits.octets());
            try (InputStream octets = transfer.octets().getInputStream()) {
                connection.sendMessage(transfer.octets().size(), octets);
            }
            connection.endIn(limits.answer());
            return connection.requireAnswer();
        });
    }

    private static long mostBytes(DmtpAnswer hello) {
        return hello.lines().stream().map(SIZE::matcher).filter(Matcher::matches).mapToLong(size -> Long.parseLong(size.group(1)))
            .findFirst().orElse(Long.MAX_VALUE);
    }

    private interface Conversation<T> {
        T with(DmtpConnection connection) throws IOException, DmtpException;
    }

    private <T> T talk(String domain, Conversation<T> conversation) throws DmtpException {
        Deadline end = Deadline.in(limits.question());
        try (DmtpConnection connection = DmtpConnection.open(servers.of(domain), tls, dns, end)) {
            return conversation.with(connection);
        } catch (IOException e) {
            throw new DmtpException(DmtpException.Kind.TEMPORARY, "the connection to the server of " + domain + " has failed", e);
        } catch (ProtocolException e) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, e.text(), e);
        }
    }
}

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
import java.util.List;
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
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;

/** What can be asked of the servers of other domains. All of it blocks. */
public final class DmtpClient {
    private static final Duration LOOKUP = Duration.ofSeconds(30);
    private static final Duration TRANSFER = Duration.ofMinutes(10);
    private static final Pattern SIZE = Pattern.compile("SIZE=\\[([0-9]{1,10})]");
    private static final int NO_SUCH = 550;

    private final DmtpServers servers;
    private final DmtpTls tls;
    private final DNSService dns;
    private final Duration lookup;

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

    /** By injection. */
    @Inject
    public DmtpClient(DmtpServers servers, DmtpTls tls, DNSService dns) {
        this(servers, tls, dns, LOOKUP);
    }

    /** With another limit for a whole conversation about signets. */
    DmtpClient(DmtpServers servers, DmtpTls tls, DNSService dns, Duration lookup) {
        this.servers = servers;
        this.tls = tls;
        this.dns = dns;
        this.lookup = lookup;
    }

    /**
     * A signet as the domain's server tells it. An organisation's is signed by itself, with a key that the operator or the DNS has named if
     * one of them has; of a user's nothing is checked but its form.
     *
     * @param name a user's address, or a domain
     * @return the signet, or empty if there is none of that fingerprint
     */
    Optional<Signet> signet(String name, Optional<Fingerprint> fingerprint) throws DmtpException {
        String command = "SGNT " + subject(name) + fingerprint.map(print -> " FINGERPRINT=[" + print + "]").orElse("");
        return lookUp(name, command).stream().findFirst();
    }

    /** All signets of a user, the newest first. */
    public List<Signet> history(String address) throws DmtpException {
        return lookUp(address, "HIST " + subject(address));
    }

    /** Whether the signet of this fingerprint is the one that is used now; empty if there is none of it. */
    public Optional<Boolean> isCurrent(String name, Fingerprint fingerprint) throws DmtpException {
        return talk(servers.of(Domains.of(name)), lookup, connection -> {
            DmtpAnswer answer = connection.ask("VRFY " + subject(name) + " FINGERPRINT=[" + fingerprint + "]");
            if (answer.code() == NO_SUCH) {
                return Optional.empty();
            }
            if (!answer.isPositive()) {
                throw answer.refusal();
            }
            return Optional.of(answer.code() == 250);
        });
    }

    private List<Signet> lookUp(String name, String command) throws DmtpException {
        DmtpServer server = servers.of(Domains.of(name));
        List<Signet> signets = talk(server, lookup, connection -> {
            DmtpAnswer answer = connection.ask(command);
            if (answer.code() == NO_SUCH) {
                return List.of();
            }
            if (!answer.isPositive()) {
                throw answer.refusal();
            }
            return SignetAnswers.read(answer);
        });
        ObjectType expected = name.contains("@") ? ObjectType.USER_SIGNET : ObjectType.ORGANISATION_SIGNET;
        if (!signets.stream().allMatch(signet -> signet.type() == expected && isOf(signet, name) && isVouchedFor(signet, server))) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, "the server of " + server.domain() + " tells a wrong signet");
        }
        return signets;
    }

    private static boolean isOf(Signet signet, String name) {
        return signet.identifier().filter(other -> !other.equalsIgnoreCase(name)).isEmpty();
    }

    private static boolean isVouchedFor(Signet signet, DmtpServer server) {
        return signet.type() != ObjectType.ORGANISATION_SIGNET || SignetSignatures.isSelfSigned(signet)
            && (server.primaryKeys().isEmpty() || server.primaryKeys().contains(signet.signingKey()));
    }

    /** Hands a message over. When this returns, it is the other server's. */
    public void send(Transfer transfer) throws DmtpException {
        talk(servers.of(transfer.destination()), TRANSFER, connection -> {
            DmtpAnswer hello = connection.require("EHLO HOST=<" + transfer.origin().domain() + ">");
            if (mostBytes(hello) < transfer.octets().size()) {
                throw new DmtpException(DmtpException.Kind.PERMANENT, "the message is too large for the other server");
            }
            connection.require("MAIL FROM=<" + transfer.origin().domain() + "> FINGERPRINT=["
                + transfer.origin().signet().fingerprint(SignetLevel.CRYPTO) + "]");
            connection.require("RCPT TO=<" + transfer.destination() + "> FINGERPRINT=[" + transfer.destinationSignet() + "]");
            try (InputStream octets = transfer.octets().getInputStream()) {
                connection.message(transfer.octets().size(), octets);
            }
            return true;
        });
    }

    private static long mostBytes(DmtpAnswer hello) {
        return hello.lines().stream().map(SIZE::matcher).filter(Matcher::matches).mapToLong(size -> Long.parseLong(size.group(1)))
            .findFirst().orElse(Long.MAX_VALUE);
    }

    /** A command is one line, and nothing that a user has written may be a second one. */
    private static String subject(String name) throws DmtpException {
        if (!name.matches("[!-;=?-~]{1,320}")) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, "the address cannot be asked for");
        }
        return (name.contains("@") ? "USER=<" : "DOMAIN=<") + name + ">";
    }

    private interface Conversation<T> {
        T with(DmtpConnection connection) throws IOException, DmtpException;
    }

    private <T> T talk(DmtpServer server, Duration limit, Conversation<T> conversation) throws DmtpException {
        try (DmtpConnection connection = DmtpConnection.open(server, tls, dns, limit)) {
            return conversation.with(connection);
        } catch (IOException e) {
            throw new DmtpException(DmtpException.Kind.TEMPORARY, "the connection to the server of " + server.domain() + " has failed", e);
        } catch (ProtocolException e) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, e.text(), e);
        }
    }
}

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
package io.jamesext.dmap.submit;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.mail.internet.AddressException;

import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;

import com.google.common.io.ByteSource;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Envelope;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.message.OriginSigner;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.mailet.MailInTransit;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.submit.OwnAddresses;

/**
 * Checks a DIME message as its origin, and signs it. Draft section 7.6.7: its author's signatures are of the current signing key, and its
 * origin chunk names the author.
 */
final class DimeMailing {
    private static final List<ChunkKind> BOUNCES = List.of(ChunkKind.METADATA_BOUNCE_SIGNATURE, ChunkKind.DISPLAY_BOUNCE_SIGNATURE);

    private final OwnAddresses addresses;
    private final Organisations organisations;

    DimeMailing(OwnAddresses addresses, Organisations organisations) {
        this.addresses = addresses;
        this.organisations = organisations;
    }

    /** A message as the organisation that sends it can read it. */
    private record Opened(Organisation origin, OpenMessage message, Envelope envelope) {
    }

    /**
     * The message with the origin's signatures, in its wrapper. SYNTAX if it is no complete message, NOT_SUPPORTED if there is no
     * organisation that could sign it, AUTHENTICATION_FAILED if the user has not signed it, NO_PERMISSION if its author is not the user.
     * Blocks.
     *
     * @param current the signet that the user has now
     */
    Outgoing of(byte[] octets, Username user, Optional<Signet> current, Instant now) throws Exception {
        Message message = Message.read(octets);
        if (!message.layout().isComplete()) {
            throw new ProtocolException(Failure.SYNTAX, "the message lacks chunks");
        }
        Signet signet = current.orElseThrow(() -> new ProtocolException(Failure.AUTHENTICATION_FAILED, "the user has no signing key"));
        Opened opened = open(message, user);
        checkSignatures(message, opened, signet);
        MailAddress sender = author(opened, user);
        String destination = destination(opened.envelope());
        byte[] signed = new OriginSigner(opened.origin().keys().decryptionKey(), opened.origin().keys().signingKey())
            .sign(message, BOUNCES.stream().filter(bounce -> message.layout().find(bounce).isPresent()).collect(Collectors.toSet()))
            .toBytes();
        return new Outgoing(sender, List.of(MailInTransit.unresolved(destination)),
            MailInTransit.way(opened.origin().domain(), destination),
            ByteSource.concat(ByteSource.wrap(DimeWrapper.header(now, signed, Optional.empty())), ByteSource.wrap(signed)));
    }

    /** Only a key shows which of the user's domains is the origin, for the author's address is encrypted too. */
    private Opened open(Message message, Username user) throws Exception {
        Set<String> domains = Stream.concat(user.getDomainPart().stream().map(Domain::asString), addresses.all(user).stream()
                .map(address -> address.substring(address.indexOf('@') + 1)))
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(LinkedHashSet::new));
        return domains.stream()
            .flatMap(domain -> organisations.of(domain).stream())
            .flatMap(organisation -> open(message, organisation).stream())
            .findFirst()
            .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED, "none of the user's domains can open the origin chunk"));
    }

    private static Optional<Opened> open(Message message, Organisation organisation) {
        try {
            OpenMessage opened = message.open(Actor.ORIGIN, organisation.keys().decryptionKey());
            return Optional.of(new Opened(organisation, opened, opened.origin()));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static void checkSignatures(Message message, Opened opened, Signet signet) {
        boolean envelope = message.layout().find(ChunkKind.ORIGIN)
            .filter(place -> opened.message().chunk(place).isSignedBy(signet.signingKey())).isPresent();
        if (!envelope || !opened.message().isSignedByAuthor(signet)) {
            throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "the message is not signed with the current signing key");
        }
        if (!opened.envelope().userSignet().equals(signet.fingerprint(SignetLevel.CRYPTO))) {
            throw new ProtocolException(Failure.AUTHENTICATION_FAILED, "the origin chunk does not name the current signet");
        }
    }

    private MailAddress author(Opened opened, Username user) {
        try {
            MailAddress author = new MailAddress(opened.envelope().user());
            if (opened.envelope().user().contains("@") && author.getDomain().asString().equals(opened.origin().domain())
                && addresses.areOf(user, author)) {
                return author;
            }
        } catch (AddressException e) {
            // Not the user's either.
        }
        throw new ProtocolException(Failure.NO_PERMISSION, "the author in the origin chunk is not the user");
    }

    private String destination(Envelope envelope) {
        try {
            String domain = MailInTransit.unresolved(envelope.organisation()).getDomain().asString();
            if (organisations.of(domain).filter(ours -> !ours.signet().isNamed(envelope.organisationSignet())).isEmpty()) {
                return domain;
            }
        } catch (AddressException | IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "the destination is not a domain");
        }
        throw new ProtocolException(Failure.SYNTAX, "the message is for an old signet of the destination");
    }
}

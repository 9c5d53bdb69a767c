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
package io.jamesext.dmap.dmtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.inject.Inject;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.Envelope;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.mailet.MailInTransit;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.submit.MailSpool;
import reactor.core.publisher.Mono;

/**
 * Judges a message for a domain of this installation, and puts it into James's spool queue. PROTOCOL.md section 10.5. What can be told from
 * little of it comes first; only the check of the origin's signature needs the whole message in memory.
 */
public final class Acceptance {
    /** KiB of messages that are in memory at once, for all connections. Protects the heap. */
    private static final int MEMORY_KIB = 256 * 1024;
    private static final int KIB = 1024;
    /** A message is held twice while it is checked. */
    private static final int COPIES = 2;

    /** What the destination chunk has told, and was found true. */
    private record Checked(Envelope envelope, Signet recipient) {
    }

    private final Organisations organisations;
    private final Directory directory;
    private final Recipients recipients;
    private final RemoteSignets remote;
    private final MailSpool spool;
    private final Clock clock;
    private final Semaphore memoryKib = new Semaphore(MEMORY_KIB);

    /** By injection. */
    @Inject
    public Acceptance(Organisations organisations, Directory directory, Recipients recipients, RemoteSignets remote,
                      MailSpool spool, Clock clock) {
        this.organisations = organisations;
        this.directory = directory;
        this.recipients = recipients;
        this.remote = remote;
        this.spool = spool;
        this.clock = clock;
    }

    /**
     * Ends when the queue has the message. CONFLICT if it is not as it has to be, NO_SUCH_MAILBOX if there is no such recipient, BUSY if
     * it may be in order at another time.
     *
     * @param asking runs before the origin's server is asked for a signet; its failure is that of the message
     */
    public Mono<Void> accept(Spool message, DmtpSession.Named origin, DmtpSession.Named destination, Runnable asking) {
        Organisation ours = organisations.of(destination.domain())
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MAILBOX, "no mail for this domain here"));
        return Blocking.call(() -> envelope(message, ours))
            .flatMap(envelope -> recipient(envelope, origin, ours))
            .flatMap(checked -> remoteOrOwn(origin.domain(), checked.envelope().organisationSignet(), asking)
                .flatMap(signet -> Blocking.run(() -> checkSignature(message, signet, ours)))
                .then(Blocking.run(() -> enqueue(message, origin.domain(), ours.domain(), checked))))
            .onErrorMap(ProtocolException.class, Acceptance::judged);
    }

    /** What the library of messages finds wrong is not the command's grammar. */
    private static ProtocolException judged(ProtocolException failure) {
        return switch (failure.failure()) {
            case SYNTAX, NO_PERMISSION, TOO_BIG -> new ProtocolException(Failure.CONFLICT, failure.text());
            default -> failure;
        };
    }

    private static Envelope envelope(Spool message, Organisation ours) throws IOException {
        MessageLayout layout;
        try (InputStream in = message.getInputStream()) {
            layout = MessageLayout.read(in);
        }
        if (!layout.isComplete()) {
            throw new ProtocolException(Failure.CONFLICT, "the message lacks chunks that it has to have");
        }
        try {
            return DestinationEnvelope.read(message, layout, Actor.DESTINATION, ours);
        } catch (ProtocolException e) {
            throw new ProtocolException(Failure.CONFLICT, "the destination chunk does not open with this organisation's key");
        }
    }

    private Mono<Checked> recipient(Envelope envelope, DmtpSession.Named origin, Organisation ours) {
        if (!envelope.organisation().equalsIgnoreCase(origin.domain())
            || origin.fingerprint().filter(named -> !named.equals(envelope.organisationSignet())).isPresent()) {
            return Mono.error(new ProtocolException(Failure.CONFLICT, "the message names another origin than MAIL"));
        }
        if (!Domains.of(envelope.user()).equals(ours.domain())) {
            return Mono.error(new ProtocolException(Failure.CONFLICT, "the message is for another domain than RCPT names"));
        }
        return recipients.userOf(envelope.user())
            .filterWhen(recipients::exists)
            .flatMap(user -> directory.ofUser(envelope.user(), Optional.of(envelope.userSignet())))
            .map(signet -> new Checked(envelope, signet))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MAILBOX, "no such recipient with that signet")));
    }

    private Mono<Signet> remoteOrOwn(String domain, Fingerprint fingerprint, Runnable asking) {
        return directory.ofDomain(domain, Optional.of(fingerprint))
            .switchIfEmpty(Mono.defer(() -> remote(domain, Optional.of(fingerprint), asking)))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.BUSY, "the signet of the origin cannot be had now")));
    }

    private Mono<Signet> remote(String domain, Optional<Fingerprint> fingerprint, Runnable asking) {
        return Mono.justOrEmpty(remote.known(domain, fingerprint))
            .switchIfEmpty(Mono.defer(() -> {
                asking.run();
                return remote.find(domain, fingerprint);
            }));
    }

    private void checkSignature(Spool message, Signet origin, Organisation ours) throws IOException {
        int kib = (int) (COPIES * message.size() / KIB) + 1;
        if (!memoryKib.tryAcquire(kib)) {
            throw new ProtocolException(Failure.BUSY, "too many messages at once, try again later");
        }
        try (InputStream in = message.getInputStream()) {
            boolean signed = Message.read(in.readAllBytes())
                .open(Actor.DESTINATION, ours.keys().decryptionKey())
                .isSignedByOrigin(origin);
            if (!signed) {
                throw new ProtocolException(Failure.CONFLICT, "the message is not signed by its origin");
            }
        } finally {
            memoryKib.release(kib);
        }
    }

    private void enqueue(Spool message, String origin, String destination, Checked checked) throws Exception {
        // Of the message's octets, so that one that comes twice can be known.
        byte[] unique = message.asByteSource().hash(Hashing.sha512()).asBytes();
        byte[] header = DimeWrapper.header(clock.instant(), unique, Optional.of(checked.recipient().fingerprint(SignetLevel.REQUEST)));
        spool.add(MailInTransit.of(origin, destination), ByteSource.concat(ByteSource.wrap(header), message.asByteSource()));
    }
}

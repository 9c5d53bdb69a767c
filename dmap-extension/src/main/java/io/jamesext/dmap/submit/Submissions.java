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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import javax.mail.Flags;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.model.ComposedMessageId;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;

import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.kernel.submit.OwnAddresses;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends messages that wait in mailboxes, each once. Draft sections 3.3.2 and 7.6.7, PROTOCOL.md section 9.
 *
 * <p>The steps are the row of {@link SubmissionTable}, \Submitted, the queue, the row's word that the queue has it, and the other flags.
 * The row of what was sent stays, for the message may be elsewhere with the flags of before. Where a node dies between, the row tells the
 * next who looks what to do: with its word the message was sent; without, it is not known, and the message is marked as failed.
 */
public final class Submissions {
    private static final Logger LOGGER = LoggerFactory.getLogger(Submissions.class);
    private static final Duration FLAGS_AGAIN = Duration.ofMillis(100);
    private static final int FLAGS_AGAIN_TIMES = 3;

    private final SubmissionTable table;
    private final MailSpool spool;
    private final Dime dime;
    private final Clock clock;
    private final DimeMailing dimeMailing;
    private final PlainMailing plainMailing;

    /** On James's queue, what it knows of users' addresses, and the keys of DIME. */
    @Inject
    public Submissions(SubmissionTable table, MailSpool spool, OwnAddresses addresses, Dime dime, Clock clock) {
        this.table = table;
        this.spool = spool;
        this.dime = dime;
        this.clock = clock;
        this.dimeMailing = new DimeMailing(addresses, dime.organisations());
        this.plainMailing = new PlainMailing(addresses);
    }

    /** A message that is to be sent: where it is, by whom, and how it is to be delivered. */
    private record Waiting(MessageManager mailbox, ComposedMessageId id, MailboxSession session, Delivery delivery, UUID owner) {
        MessageId message() {
            return id.getMessageId();
        }

        MessageRange range() {
            return MessageRange.one(id.getUid());
        }

        Username user() {
            return session.getUser();
        }

        Mono<SubmitFlags> flags() {
            return Flux.defer(() -> mailbox.listMessagesMetadata(range(), session)).next()
                .map(found -> new SubmitFlags(found.getFlags()));
        }

        /** Empty when the message is no more. */
        Mono<Flags> update(FlagsUpdateMode mode, Flags flags) {
            // James may begin when it is called, and not when it is subscribed to.
            return Mono.defer(() -> Mono.from(mailbox.setFlagsReactive(flags, mode, range(), session)))
                .flatMap(changed -> Mono.justOrEmpty(changed.get(id.getUid())));
        }
    }

    /** Whether the queue can hold mail back. */
    public boolean canHold() {
        return spool.isHolding();
    }

    /** What time it is. */
    public Instant now() {
        return clock.instant();
    }

    /** Sends a message of the mailbox that was just read; goes on to the end once it has begun, whoever still waits for it. */
    public Mono<Outcome> submit(MessageManager mailbox, ComposedMessageIdWithMetaData message, MailboxSession session,
                                Delivery delivery) {
        if (!new SubmitFlags(message.getFlags()).isPending()) {
            // Most who come too late need not ask the table.
            return Mono.just(notWaiting());
        }
        return Blocking.toItsEnd(claim(new Waiting(mailbox, message.getComposedMessageId(), session, delivery, UUID.randomUUID())));
    }

    private Mono<Outcome> claim(Waiting waiting) {
        Instant begun = clock.instant();
        return table.claim(waiting.message(), waiting.owner()).flatMap(claim -> switch (claim) {
            case BUSY -> Mono.just(Outcome.race("the message is being submitted"));
            case SENT -> sentBefore(waiting);
            case FREE -> claimed(waiting, false, begun);
            case ABANDONED -> claimed(waiting, true, begun);
        });
    }

    /** By somebody who died before the flags said so, or from where it was when James began to move or copy it. */
    private Mono<Outcome> sentBefore(Waiting waiting) {
        return waiting.flags().flatMap(flags -> !flags.isPending() ? Mono.just(notWaiting())
                : waiting.update(FlagsUpdateMode.ADD, SubmitFlags.submitted())
                    .then(cleared(waiting))
                    .thenReturn(Outcome.refused(true, "SUBMISSIONRACE", "the message was submitted before")))
            .defaultIfEmpty(Outcome.gone())
            .onErrorResume(failure -> stuck(waiting, failure, "the message was submitted before, but its flags cannot be changed now"));
    }

    private static Outcome notWaiting() {
        return Outcome.race("the message does not wait to be submitted");
    }

    /** The flags that were read before are those of a moment when somebody else may have had the message. */
    private Mono<Outcome> claimed(Waiting waiting, boolean isAbandoned, Instant begun) {
        return waiting.flags().flatMap(flags -> {
            if (flags.isPending() && isAbandoned) {
                // Without \Submitted too: that may be on the message where it was before it was moved.
                return failed(waiting, Outcome.refused(true, "SUBMISSIONRACE",
                    "an earlier submission broke off, and it is not known whether the message was sent"));
            }
            if (flags.isPending() && !flags.isSubmitted()) {
                return send(waiting, begun);
            }
            return released(waiting, notWaiting());
        }).switchIfEmpty(Mono.defer(() -> released(waiting, Outcome.gone())));
    }

    private Mono<Outcome> send(Waiting waiting, Instant begun) {
        return read(waiting)
            .flatMap(mail -> denial(mail, waiting)
                .flatMap(denied -> released(waiting, denied))
                .switchIfEmpty(Mono.defer(() -> begin(waiting, mail, begun))))
            .onErrorResume(failure -> released(waiting, Outcome.failed(false, failure)));
    }

    private static Mono<StoredMail> read(Waiting waiting) {
        return Flux.defer(() -> waiting.mailbox().getMessagesReactive(waiting.range(), FetchGroup.FULL_CONTENT, waiting.session())).next()
            .flatMap((MessageResult message) -> Blocking.call(() -> StoredMail.of(message)));
    }

    private Mono<Outcome> denial(StoredMail mail, Waiting waiting) {
        if (mail.isDime()) {
            // DMTP has no words for it, and what a report tells in the clear was not in the clear before.
            return waiting.delivery().isReported() ? Mono.just(Outcome.denied("there are no reports of DIME messages")) : Mono.empty();
        }
        return dime.modes().of(waiting.user()).filter(mode -> mode != Mode.TRUSTFUL)
            .map(mode -> Outcome.denied("plain messages are not submitted in this mode"));
    }

    private Mono<Outcome> begin(Waiting waiting, StoredMail mail, Instant begun) {
        return waiting.update(FlagsUpdateMode.ADD, SubmitFlags.submitted())
            .map(flags -> transfer(waiting, mail, begun))
            .onErrorResume(failure -> Mono.just(failed(waiting, Outcome.failed(true, failure))))
            .defaultIfEmpty(Mono.defer(() -> released(waiting, Outcome.gone())))
            .flatMap(next -> next);
    }

    private Mono<Outcome> transfer(Waiting waiting, StoredMail mail, Instant begun) {
        return outgoing(waiting, mail)
            .flatMap(outgoing -> Blocking.run(() -> enqueue(outgoing, waiting, begun)))
            .then(Mono.fromSupplier(() -> sent(waiting)))
            .onErrorResume(failure -> Mono.just(failed(waiting, problem(failure, waiting))))
            .flatMap(next -> next);
    }

    private static Outcome problem(Throwable failure, Waiting waiting) {
        if (failure instanceof ProtocolException refusal) {
            return Outcome.unsendable(refusal);
        }
        LOGGER.error("message {} could not be submitted", waiting.message().serialize(), failure);
        return Outcome.failed(true, new ProtocolException(Failure.BUSY, "the message could not be submitted"));
    }

    private Mono<Outgoing> outgoing(Waiting waiting, StoredMail mail) {
        if (!mail.isDime()) {
            return Blocking.call(() -> plainMailing.of(mail, waiting.user(), clock.instant()));
        }
        return dime.keys().current(waiting.user()).map(RingKey::signet).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(signet -> Blocking.call(() -> dimeMailing.of(mail.dime(), waiting.user(), signet, clock.instant())));
    }

    private void enqueue(Outgoing outgoing, Waiting waiting, Instant begun) throws Exception {
        if (clock.instant().isAfter(begun.plus(SubmissionTable.LEASE.dividedBy(2)))) {
            throw new IllegalStateException("it has taken too long to begin: somebody else may have the message");
        }
        spool.add(outgoing.mail(waiting.user(), waiting.delivery()), outgoing.content(), waiting.delivery().hold());
    }

    private Mono<Outcome> sent(Waiting waiting) {
        return Mono.defer(() -> table.sent(waiting.message(), waiting.owner()))
            .onErrorResume(failure -> {
                // The flags will say it too.
                LOGGER.warn("cannot note that message {} was submitted", waiting.message().serialize(), failure);
                return Mono.empty();
            })
            .then(cleared(waiting))
            .then(Mono.defer(() -> settled(waiting)))
            .thenReturn(Outcome.SENT)
            .onErrorResume(failure -> stuck(waiting, failure, "the message was submitted, but its flags cannot be changed now"));
    }

    /** The flags say that the message was sent; when they cannot be written, the row says it. */
    private static Mono<Void> cleared(Waiting waiting) {
        return waiting.update(FlagsUpdateMode.REMOVE, SubmitFlags.waiting())
            .retryWhen(Retry.backoff(FLAGS_AGAIN_TIMES, FLAGS_AGAIN))
            .then();
    }

    private Mono<Void> settled(Waiting waiting) {
        return table.settled(waiting.message(), waiting.owner()).onErrorResume(failure -> staysClaimed(waiting, failure));
    }

    /** Draft section 7.6.7: "the server MUST clear both". */
    private Mono<Outcome> failed(Waiting waiting, Outcome outcome) {
        return waiting.update(FlagsUpdateMode.ADD, SubmitFlags.failed())
            .then(waiting.update(FlagsUpdateMode.REMOVE, SubmitFlags.both()))
            .retryWhen(Retry.backoff(FLAGS_AGAIN_TIMES, FLAGS_AGAIN))
            .then(Mono.defer(() -> released(waiting, outcome)))
            .onErrorResume(failure -> stuck(waiting, failure, "the message was not submitted, and its flags cannot be changed now"));
    }

    private static Mono<Outcome> stuck(Waiting waiting, Throwable failure, String text) {
        LOGGER.error("the flags of message {} cannot be changed", waiting.message().serialize(), failure);
        return Mono.just(Outcome.failed(true, new ProtocolException(Failure.INTERNAL, text)));
    }

    private Mono<Outcome> released(Waiting waiting, Outcome outcome) {
        return table.release(waiting.message(), waiting.owner())
            .onErrorResume(failure -> staysClaimed(waiting, failure))
            .thenReturn(outcome);
    }

    private static Mono<Void> staysClaimed(Waiting waiting, Throwable failure) {
        LOGGER.warn("message {} stays claimed for a while", waiting.message().serialize(), failure);
        return Mono.empty();
    }
}

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
package io.jamesext.dmap.op.authenticated;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Content;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.mail.DateTime;
import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.mail.MessageIntake;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.dmap.wire.Literal;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * Puts a message into a mailbox. Draft section 7.3.10, with the response code of RFC 4315 section 3:
 * {@code "APPEND" SP mailbox [SP "(" [flag *(SP flag)] ")"] [SP date-time] [SP "KEYID" SP keyid] SP (literal / literal8)}. Nothing is
 * stored before all of it has come.
 */
public final class Append implements DmapOperation<Append.Request> {
    /**
     * Where to, with which flags and date, and what.
     *
     * @param key the id of the user's key that a DIME message belongs to
     */
    public record Request(String mailbox, ImmutableList<String> flags, Optional<Instant> date, Optional<Fingerprint> key,
                          Literal message) {
        static Request parse(DmapReader arguments) {
            String mailbox = arguments.expectSpace().expectAstring("a mailbox name");
            ImmutableList<String> flags = arguments.expectSpace().accept('(') ? flags(arguments) : ImmutableList.of();
            Optional<Instant> date = arguments.quotedString().map(DateTime::parse);
            if (date.isPresent()) {
                arguments.expectSpace();
            }
            Optional<Fingerprint> key = arguments.acceptWord("KEYID") ? Optional.of(key(arguments.expectSpace())) : Optional.empty();
            Literal message = arguments.expectLiteral("the message as a literal");
            if (message.size() == 0) {
                throw new ProtocolException(Failure.NOT_SUPPORTED, "the message is empty");
            }
            if (!message.isStreamed()) {
                check(message.octets(), message);
            }
            return new Request(mailbox, flags, date, key, message);
        }

        private static Fingerprint key(DmapReader arguments) {
            Fingerprint key = Fingerprint.parse(arguments.expectAtom("a key id"));
            arguments.expectSpace();
            return key;
        }

        private static ImmutableList<String> flags(DmapReader arguments) {
            ImmutableList<String> flags = arguments.accept(')') ? ImmutableList.of() : arguments.restOfList(arguments::expectFlag);
            DmapFlags.parse(flags);
            arguments.expectSpace();
            return flags;
        }
    }

    private final Access access;
    private final KeyRing keys;
    private final MessageIntake intake;

    /** On James's mailboxes, and the users' keys and modes. */
    public Append(MailboxManager mailboxManager, Dime dime) {
        this.access = new Access(mailboxManager);
        this.keys = dime.keys();
        this.intake = new MessageIntake(dime);
    }

    @Override
    public String name() {
        return "APPEND";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        DmapFlags.check(DmapFlags.parse(request.flags()), session.mode());
        return access.target(request.mailbox(), session)
            .delayUntil(mailbox -> checkKey(request, session))
            .flatMap(mailbox -> request.message().isStreamed()
                ? Mono.usingWhen(Mono.fromCallable(() -> new Spool(MessageLayout.MAGIC_BYTES)),
                    spool -> receive(spool, request, session).then(Mono.defer(() -> append(spool, mailbox, request, session))),
                    spool -> Blocking.run(spool::close))
                : append(new ByteContent(request.message().octets()), mailbox, request, session))
            .doOnNext(session::answerWith)
            .then(Mono.empty());
    }

    /** Before the message has come: it may be large. */
    private Mono<Void> checkKey(Request request, DmapSession session) {
        return Mono.justOrEmpty(request.key())
            .flatMap(key -> keys.find(session.mailboxSession().getUser(), key)
                .switchIfEmpty(Mono.error(() -> session.refusal(Failure.NOT_SUPPORTED, new ResponseCode.Plain("NONEXISTENT"),
                    "there is no key with this id"))))
            .then();
    }

    /** What comes after a failure is thrown away by the protocol. */
    private Mono<Void> receive(Spool spool, Request request, DmapSession session) {
        return session.connection().nextFrame()
            .delayUntil(frame -> frame instanceof Frame.Part part && spool.size() < MessageLayout.MAGIC_BYTES
                ? Mono.fromCallable(() -> beginning(spool, part))
                    .flatMap(beginning -> intake.admit(beginning, request.key(), session.mailboxSession().getUser())) : Mono.empty())
            .doOnNext(frame -> receive(frame, spool, request.message()))
            .repeat()
            .takeUntil(Frame.End.class::isInstance)
            .then();
    }

    /** Up to and with this part; what is not enough to tell what the message is, waits on the heap. */
    private static byte[] beginning(Spool spool, Frame.Part part) throws IOException {
        return Bytes.concat(spool.asByteSource().read(), part.octets());
    }

    private static void receive(Frame frame, Spool spool, Literal message) {
        try {
            if (frame instanceof Frame.Part part) {
                check(part.octets(), message);
                spool.out().write(part.octets());
            } else if (frame instanceof Frame.End end && end.failure().isPresent()) {
                throw end.failure().get();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a message cannot be written to a file", e);
        }
    }

    /** Draft section 10 (3) against section 7.3.10, "binary data is permitted": NUL needs a literal8, as in RFC 3516. */
    private static void check(byte[] octets, Literal message) {
        if (!message.isBinary() && Bytes.contains(octets, (byte) 0)) {
            throw new ProtocolException(Failure.SYNTAX, "NUL is only in a literal8");
        }
    }

    private Mono<ResponseCode> append(Content message, MessageManager mailbox, Request request, DmapSession session) {
        return intake.stored(message, request.key(), session.mailboxSession().getUser())
            .map(stored -> AppendCommand.builder()
                .withFlags(DmapFlags.parse(request.flags()))
                .withInternalDate(request.date().map(Date::from))
                .build(stored))
            .flatMap(command -> Mono.from(mailbox.appendMessageReactive(command, session.mailboxSession())))
            .flatMap(appended -> Mono.fromCallable(() -> new ResponseCode.With("APPENDUID",
                mailbox.getMailboxEntity().getUidValidity().asLong() + " " + appended.getId().getUid().asLong())));
    }
}

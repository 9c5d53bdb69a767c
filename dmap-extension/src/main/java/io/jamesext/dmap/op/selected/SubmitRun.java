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
package io.jamesext.dmap.op.selected;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.jspecify.annotations.Nullable;

import io.jamesext.dmap.DmapServices;
import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import io.jamesext.dmap.submit.Outcome;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.submit.Hold;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One SUBMIT: each message on its own, one behind the other, then all that were sent are moved. Goes on behind a message that cannot be
 * sent; the answer is NO then, by the first such message.
 */
final class SubmitRun {
    private static final Right[] TO_SUBMIT = {Right.Read, Right.Write};
    private static final Right[] TO_MOVE = {Right.Read, Right.Write, Right.DeleteMessages, Right.PerformExpunge};

    private final Submit.Request request;
    private final DmapSession session;
    private final DmapServices services;
    private final SelectedMailbox selected;
    private final MailboxSession user;
    private final Telling telling;
    private final Access access;
    private final List<MessageUid> sent = new ArrayList<>();
    private Outcome.@Nullable Problem problem;
    private boolean broken;

    SubmitRun(Submit.Request request, DmapSession session, DmapServices services) {
        this.request = request;
        this.session = session;
        this.services = services;
        this.selected = session.selected();
        this.user = session.mailboxSession();
        // Draft section 7.6.7: "a FETCH response containing the message UID and its new flags".
        this.telling = session.telling(true);
        this.access = new Access(services.mailboxManager());
    }

    Flux<DmapReply> run() {
        List<MessageUid> messages = selected.uids(selected.sequences(request.messages(), request.byUid()));
        if (request.options().delivery().hold().filter(hold -> !hold.isPossible()).isPresent()) {
            throw session.refusal(Failure.NOT_SUPPORTED, new ResponseCode.Plain("POLICYDENIED"),
                "a message can be held for " + Hold.LONGEST.toDays() + " days at most, and not in the past");
        }
        return target().flatMapMany(target -> Flux.fromIterable(messages)
            .concatMap(uid -> broken ? Mono.empty() : submit(uid), 0)
            .concatWith(Flux.defer(() -> moved(target)))
            .concatWith(Mono.defer(this::failure)));
    }

    /** Where the messages go, if anywhere; checked before any is sent. */
    private Mono<Optional<Transfer.Ends>> target() {
        Optional<String> moveTo = request.options().moveTo();
        Mono<MessageManager> source = access.require(selected.mailbox(), user, moveTo.isPresent() ? TO_MOVE : TO_SUBMIT);
        return moveTo.isEmpty() ? source.thenReturn(Optional.empty())
            : source.flatMap(from -> access.target(moveTo.get(), session).map(to -> Optional.of(new Transfer.Ends(from, to))));
    }

    /** FETCH, where the flags have changed. */
    private Mono<DmapReply> submit(MessageUid uid) {
        return Flux.defer(() -> selected.mailbox().listMessagesMetadata(MessageRange.one(uid), user)).next()
            .flatMap(found -> services.submissions().submit(selected.mailbox(), found, user, request.options().delivery()))
            // Draft section 7.6.8: UIDs of no message are ignored.
            .switchIfEmpty(Mono.defer(() -> request.byUid() ? Mono.empty() : Mono.just(Outcome.gone())))
            .flatMap(outcome -> note(uid, outcome))
            // Those that were sent are moved all the same.
            .onErrorResume(failure -> note(uid, Outcome.failed(false, failure)));
    }

    private Mono<DmapReply> note(MessageUid uid, Outcome outcome) {
        if (outcome.isSent()) {
            sent.add(uid);
        }
        outcome.problem().ifPresent(met -> {
            problem = problem == null ? met : problem;
            // Behind an error of ours the others would only meet it too.
            broken |= met.code().isEmpty();
        });
        return outcome.isChanged() ? told(uid) : Mono.empty();
    }

    private Mono<DmapReply> told(MessageUid uid) {
        return Flux.defer(() -> selected.mailbox().listMessagesMetadata(MessageRange.one(uid), user)).next()
            .flatMap(found -> {
                OptionalInt sequence = selected.sequence(uid);
                return sequence.isEmpty() ? Mono.empty() : Mono.just(telling.flags(sequence.getAsInt(), MessageState.of(found)));
            });
    }

    private Flux<DmapReply> moved(Optional<Transfer.Ends> ends) {
        return ends.isEmpty() || sent.isEmpty() ? Flux.empty()
            // Others may have moved some of them away, and only those that are there can be told apart by COPYUID.
            : Transfer.find(selected.sequences(sent), selected, session, true)
                .flatMapMany(found -> Transfer.of(ends.get(), found, services.meta(), user)
                    .move(services.mailboxManager(), services.expunges(), session));
    }

    private Mono<DmapReply> failure() {
        Outcome.Problem first = problem;
        if (first == null) {
            return Mono.empty();
        }
        if (first.code().isPresent() && first.cause() instanceof ProtocolException refusal) {
            return Mono.error(session.refusal(refusal.failure(), new ResponseCode.Plain(first.code().get()), refusal.text()));
        }
        return Mono.error(first.cause());
    }
}

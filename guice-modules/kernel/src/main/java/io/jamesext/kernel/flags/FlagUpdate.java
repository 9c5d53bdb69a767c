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

package io.jamesext.kernel.flags;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.MessageMapper;

import io.jamesext.kernel.flags.FlagUpdates.Outcome;
import io.jamesext.kernel.flags.FlagUpdates.Targets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One change of flags of some messages. */
final class FlagUpdate {
    /** James gives up on a message whose flags others change at the same time; how often it is asked again. */
    private static final int TRIES = 5;

    private final MessageMapper mapper;
    private final Mailbox mailbox;
    private final FlagChange change;
    private final Outcome outcome = Outcome.none();

    /** Messages next to each other that are to be changed, with the same flags so far as the change is about them. */
    private record Run(MessageUid first, MessageUid last, Flags concerned) {
    }

    FlagUpdate(MessageMapper mapper, Mailbox mailbox, FlagChange change) {
        this.mapper = mapper;
        this.mailbox = mailbox;
        this.change = change;
    }

    Mono<Outcome> unconditional(Targets messages) {
        return attempt(messages.ranges(), messages.uids(), TRIES).then(Mono.fromSupplier(() -> outcome));
    }

    /** RFC 7162 section 3.1.3: what has changed since then is left alone, and so is what changes while this command runs. */
    Mono<Outcome> conditional(Targets messages, long unchangedSince) {
        return list(messages.ranges())
            .collectList()
            .flatMapIterable(found -> {
                outcome.gone().addAll(messages.uids());
                found.forEach(message -> outcome.gone().remove(message.getComposedMessageId().getUid()));
                return runs(found, unchangedSince);
            })
            .concatMap(this::apply)
            .then(Mono.fromSupplier(() -> {
                // What James gave up on, and what was expunged meanwhile.
                messages.uids().stream().filter(uid -> !outcome.updated().containsKey(uid) && !outcome.gone().contains(uid))
                    .forEach(outcome.failed()::add);
                return outcome;
            }));
    }

    private Mono<Void> attempt(List<MessageRange> ranges, Collection<MessageUid> uids, int tries) {
        return Flux.fromIterable(ranges)
            .concatMap(range -> mapper.updateFlagsReactive(mailbox, change, range))
            .doOnNext(updated -> updated.forEach(one -> outcome.updated().put(one.getUid(), one)))
            .then(Mono.defer(() -> {
                TreeSet<MessageUid> left = new TreeSet<>(uids);
                left.removeAll(outcome.updated().keySet());
                return left.isEmpty() ? Mono.empty() : askAgain(left, tries);
            }));
    }

    private Mono<Void> askAgain(TreeSet<MessageUid> left, int tries) {
        return list(MessageRange.toRanges(left))
            .map(message -> message.getComposedMessageId().getUid())
            .collectList()
            .flatMap(there -> {
                outcome.gone().addAll(left);
                there.forEach(outcome.gone()::remove);
                if (there.isEmpty() || tries == 0) {
                    outcome.failed().addAll(there);
                    return Mono.empty();
                }
                return attempt(MessageRange.toRanges(there), there, tries - 1);
            });
    }

    private List<Run> runs(List<ComposedMessageIdWithMetaData> messages, long unchangedSince) {
        List<Run> runs = new ArrayList<>();
        boolean adjacent = false;
        for (ComposedMessageIdWithMetaData message : messages) {
            MessageUid uid = message.getComposedMessageId().getUid();
            if (!mayChange(message, unchangedSince)) {
                outcome.failed().add(uid);
                adjacent = false;
                continue;
            }
            Flags concerned = change.concerned(message.getFlags());
            boolean same = adjacent && runs.get(runs.size() - 1).concerned().equals(concerned);
            MessageUid first = same ? runs.remove(runs.size() - 1).first() : uid;
            runs.add(new Run(first, uid, concerned));
            adjacent = true;
        }
        return runs;
    }

    private boolean mayChange(ComposedMessageIdWithMetaData message, long unchangedSince) {
        return unchangedSince == 0 ? !change.existsIn(message.getFlags()) : message.getModSeq().asLong() <= unchangedSince;
    }

    private Mono<Void> apply(Run run) {
        FlagChange expecting = change.expecting(run.concerned());
        return mapper.updateFlagsReactive(mailbox, expecting, MessageRange.range(run.first(), run.last()))
            .doOnNext(updated -> updated.forEach(one -> {
                if (expecting.appliesTo(one.getOldFlags())) {
                    outcome.updated().put(one.getUid(), one);
                } else {
                    outcome.failed().add(one.getUid());
                }
            }))
            .then();
    }

    private Flux<ComposedMessageIdWithMetaData> list(List<MessageRange> ranges) {
        return Flux.fromIterable(ranges).concatMap(range -> mapper.listMessagesMetadata(mailbox, range));
    }
}

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
package io.jamesext.lemonade.imap.select;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.UpdatedFlags;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** The flags of a folder and the messages whose flags have changed. What happens while the client is told stays. */
final class ChangedFlags {
    static final int MAX_CHANGED = 10_000;

    /** UIDs, and the mod-sequence of the change that came last. */
    private final Map<MessageUid, ModSeq> changed = new HashMap<>();
    /** So many of them before it is forgotten which ones they are: a client that never asks is not to fill the heap. */
    private int room = MAX_CHANGED;
    /** The first of the changes that were forgotten. */
    private Optional<ModSeq> forgotten = Optional.empty();
    private final Flags applicable = new Flags();
    private boolean newApplicable;
    private boolean loaded;
    private Map<MessageUid, ModSeq> told = Map.of();

    /** The folder has been read. */
    synchronized void loaded(Flags all) {
        applicable.add(all);
        newApplicable = false;
        loaded = true;
    }

    /** Takes the keywords, of which all clients are told (RFC 3501 section 7.2.6); says whether more than {@code \\Recent} has changed. */
    synchronized boolean isChange(UpdatedFlags flags) {
        int keywords = applicable.getUserFlags().length;
        applicable.add(flags.getNewFlags());
        applicable.remove(Flags.Flag.RECENT);
        newApplicable |= applicable.getUserFlags().length > keywords;
        return flags.userFlagIterator().hasNext() || flags.modifiedSystemFlags().stream().anyMatch(flag -> flag != Flags.Flag.RECENT);
    }

    /** Remembers a message: of one that the client does not know it will be told all. */
    synchronized void note(UpdatedFlags flags, boolean known) {
        if (known || !loaded) {
            note(flags.getUid(), flags.getModSeq());
            if (changed.size() > room) {
                forget(changed.values().stream().min(Comparator.naturalOrder()).orElseThrow());
                changed.clear();
                room = MAX_CHANGED;
            }
        }
    }

    private void note(MessageUid uid, ModSeq modSeq) {
        changed.merge(uid, modSeq, BinaryOperator.maxBy(Comparator.naturalOrder()));
    }

    private void forget(ModSeq first) {
        forgotten = Optional.of(forgotten.filter(before -> before.compareTo(first) < 0).orElse(first));
    }

    /**
     * Learns anew what was forgotten.
     *
     * @param since reads messages with changes from that one on
     */
    Mono<Void> remember(Function<ModSeq, Flux<ComposedMessageIdWithMetaData>> since) {
        return Mono.justOrEmpty(takeForgotten()).flatMap(first -> since.apply(first)
            .doOnNext(message -> remembered(message.getComposedMessageId().getUid(), message.getModSeq()))
            .then()
            .doFinally(signal -> {
                if (signal != SignalType.ON_COMPLETE) {
                    notRemembered(first);
                }
            }));
    }

    private synchronized Optional<ModSeq> takeForgotten() {
        Optional<ModSeq> taken = forgotten;
        forgotten = Optional.empty();
        return taken;
    }

    private synchronized void remembered(MessageUid uid, ModSeq modSeq) {
        note(uid, modSeq);
        room = changed.size() + MAX_CHANGED;
    }

    private synchronized void notRemembered(ModSeq first) {
        forget(first);
    }

    synchronized void forget(MessageUid uid) {
        changed.remove(uid);
    }

    /**
     * The messages of the first changes, of which the client is told now: it takes what has the highest mod-sequence that it has seen for
     * the last that it has missed (RFC 7162 section 3.2).
     */
    synchronized List<MessageUid> first(int most, Predicate<MessageUid> known) {
        changed.keySet().removeIf(known.negate());
        List<Map.Entry<MessageUid, ModSeq>> first = changed.entrySet().stream()
            .sorted(Map.Entry.<MessageUid, ModSeq>comparingByValue().thenComparing(Map.Entry.comparingByKey())).limit(most).toList();
        told = first.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return first.stream().map(Map.Entry::getKey).toList();
    }

    /** The first of the changes of which the client is not being told. */
    synchronized Optional<ModSeq> firstLeft() {
        return Stream.concat(forgotten.stream(),
                changed.entrySet().stream().filter(change -> !told.containsKey(change.getKey())).map(Map.Entry::getValue))
            .min(Comparator.naturalOrder());
    }

    /** The client has been told. */
    synchronized void told() {
        told.forEach(changed::remove);
    }

    synchronized boolean areLeft() {
        return !changed.isEmpty() || forgotten.isPresent();
    }

    synchronized Flags applicable() {
        return new Flags(applicable);
    }

    synchronized boolean hasNewApplicable() {
        return newApplicable;
    }

    synchronized void resetNewApplicable() {
        newApplicable = false;
    }
}

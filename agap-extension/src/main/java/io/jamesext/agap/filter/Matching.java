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
package io.jamesext.agap.filter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.SearchQuery;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;

import io.jamesext.agap.change.Aliases;
import io.jamesext.agap.filter.Matches.Place;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.item.Item;
import io.jamesext.agap.item.Items;
import io.jamesext.agap.message.Message;
import io.jamesext.agap.message.PartPath;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One search of a folder. James is searched for what narrows the items down; without that, all of the folder's items or a range of them
 * are looked at. Each is checked exactly: first by its UID and tags, where these do not decide by its header, and at last by all of it.
 */
final class Matching {
    /** Headers that are looked at together. */
    private static final int HEADERS = 64;
    /** Whole messages that are held at once. */
    private static final int CONTENTS = 4;
    /** Reads that James and we do at once. */
    private static final int READS = 16;

    private final Rule rule;
    /** Where the rule's fields are in a message; without those that are nowhere in one. */
    private final ImmutableMap<String, PartPath> paths;
    private final Optional<SearchQuery> query;
    private final FolderType type;
    private final Aliases aliases;
    private final MessageManager messages;
    private final MailboxSession session;

    /**
     * What is searched.
     *
     * @param query finds all that the rule means, and perhaps more; empty when James is not to be searched
     */
    Matching(Rule rule, Optional<SearchQuery> query, Place place, MailboxSession session) {
        this.rule = rule;
        this.paths = rule.fields().distinct()
            .flatMap(field -> PartPath.find(field).stream().map(path -> Map.entry(field, path)))
            .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
        this.query = query;
        this.type = place.type();
        this.aliases = place.aliases();
        this.messages = place.messages();
        this.session = session;
    }

    /** The message of an item that is not ruled out. */
    private record Candidate(MessageUid uid, Verdict verdict) {
        boolean isOpen() {
            return verdict == Verdict.OPEN;
        }
    }

    /** How an item is read to learn more of it. */
    private interface Opening {
        Function<String, Optional<ImmutableList<String>>> open(MessageResult found) throws Exception;
    }

    /** The messages' UIDs, in order. */
    Flux<MessageUid> uids() {
        return Flux.defer(this::candidates)
            .filter(candidate -> candidate.verdict != Verdict.NO)
            .collectSortedList((one, other) -> one.uid.compareTo(other.uid))
            .flatMap(this::byHeader)
            .flatMapIterable(all -> Lists.partition(all, CONTENTS))
            .concatMap(some -> decided(some, FetchGroup.FULL_CONTENT, this::content), 1)
            .flatMapIterable(all -> all)
            .filter(candidate -> candidate.verdict == Verdict.YES)
            .map(Candidate::uid);
    }

    private Flux<Candidate> candidates() {
        UidSpan span = rule.span();
        if (span.isEmpty()) {
            return Flux.empty();
        }
        // What the mailbox tells of itself is never behind, as a search index may be: who asks for UIDs only wants to know what is new.
        return query.isEmpty() ? listed(spanned(span)) : Mono.fromCallable(() -> messages.search(query.get(), session))
            .flatMapMany(Flux::from)
            .filter(uid -> span.includes(aliases.item(uid)))
            .collectSortedList()
            .flatMapMany(found -> rule.fields().findAny().isPresent()
                // Their tags come with their headers, and were searched for: few of them would be ruled out before.
                ? Flux.fromIterable(found).map(uid -> new Candidate(uid, Verdict.OPEN))
                : listed(Flux.fromIterable(MessageRange.toRanges(found))));
    }

    /** Where messages of their own UIDs can be, and then those that are items under another one. */
    private Flux<MessageRange> spanned(UidSpan span) {
        List<MessageUid> others = aliases.messages().stream()
            .filter(uid -> !span.includes(uid) && span.includes(aliases.item(uid)))
            .sorted()
            .toList();
        return Flux.just(span.range()).concatWith(Flux.fromIterable(MessageRange.toRanges(others)));
    }

    private Flux<Candidate> listed(Flux<MessageRange> ranges) {
        return ranges.flatMap(range -> messages.listMessagesMetadata(range, session), READS)
            .map(item -> candidate(item.getComposedMessageId().getUid(), item.getFlags(), this::unread));
    }

    private Candidate candidate(MessageUid uid, Flags flags, Function<String, Optional<ImmutableList<String>>> reader) {
        return new Candidate(uid, rule.verdict(new Facts(aliases.item(uid), flags, reader)));
    }

    private Mono<List<Candidate>> byHeader(List<Candidate> all) {
        boolean helps = type == FolderType.MESG && paths.values().stream().anyMatch(PartPath::isInMessageHeader);
        return helps ? decided(all, FetchGroup.HEADERS, this::header) : Mono.just(all);
    }

    /** The same, with those that are still open read so; without those that are ruled out by it or gone. */
    private Mono<List<Candidate>> decided(List<Candidate> all, FetchGroup group, Opening opening) {
        List<MessageUid> open = all.stream().filter(Candidate::isOpen).map(Candidate::uid).toList();
        return Flux.fromIterable(MessageRange.toRanges(open))
            .flatMap(range -> messages.getMessagesReactive(range, group, session), READS)
            .buffer(HEADERS)
            .flatMap(some -> Blocking.call(() -> read(some, opening)), READS)
            .flatMapIterable(some -> some)
            .filter(candidate -> candidate.verdict != Verdict.NO)
            .collectMap(Candidate::uid)
            .map(read -> merged(all, read));
    }

    private List<Candidate> read(List<MessageResult> some, Opening opening) throws Exception {
        ImmutableList.Builder<Candidate> read = ImmutableList.builder();
        for (MessageResult found : some) {
            read.add(candidate(found.getUid(), found.getFlags(), opening.open(found)));
        }
        return read.build();
    }

    private static List<Candidate> merged(List<Candidate> batch, Map<MessageUid, Candidate> read) {
        return batch.stream()
            .flatMap(candidate -> candidate.isOpen() ? Stream.ofNullable(read.get(candidate.uid)) : Stream.of(candidate))
            .toList();
    }

    /** A message has no leaf at what is the path of none. */
    private Optional<ImmutableList<String>> unread(String path) {
        return type == FolderType.MESG && !paths.containsKey(path) ? Optional.of(ImmutableList.of()) : Optional.empty();
    }

    private Function<String, Optional<ImmutableList<String>>> header(MessageResult found) throws Exception {
        Message header = Message.header(() -> found.getHeaders().getInputStream());
        return path -> unread(path)
            // James finds a header's end only at CRLF CRLF, and has none without: then the whole message has to tell.
            .or(() -> Optional.ofNullable(paths.get(path))
                .filter(field -> field.isInMessageHeader() && header.hasHeader())
                .map(header::values));
    }

    private Function<String, Optional<ImmutableList<String>>> content(MessageResult found) throws Exception {
        Optional<Item> item = item(found);
        return path -> Optional.of(item.map(read -> read.values(path)).orElseGet(ImmutableList::of));
    }

    /** What another client put there and is no item of the folder's type has no fields. */
    private Optional<Item> item(MessageResult found) throws Exception {
        try {
            return Optional.of(Items.form(type, found).call());
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}

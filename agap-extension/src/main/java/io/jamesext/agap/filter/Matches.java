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
import com.google.common.collect.Lists;

import io.jamesext.agap.change.Aliases;
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
 * The items of a folder that a filter means. James is searched for what narrows them down; without that, all of the folder's items or a
 * range of them are looked at. Each is checked exactly: first by its UID and tags, where these do not decide by its header, and at last by
 * all of it.
 */
public final class Matches {
    /** Items that are decided on together. */
    private static final int BATCH = 256;
    /** Whole messages that are held at once. */
    private static final int CONTENTS = 16;
    /** Reads of ranges that James does at once. */
    private static final int READS = 4;

    private final Rule rule;
    private final FolderType type;
    private final Aliases aliases;
    private final MessageManager messages;
    private final MailboxSession session;

    private Matches(Rule rule, Place place, MailboxSession session) {
        this.rule = rule;
        this.type = place.type;
        this.aliases = place.aliases;
        this.messages = place.messages;
        this.session = session;
    }

    /**
     * A folder that is searched.
     *
     * @param type says what fields its items have
     * @param aliases of its items
     */
    public record Place(MessageManager messages, FolderType type, Aliases aliases) {
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

    /** The UIDs of their messages, in order. What there is in the folder is settled before the first of them is given. */
    public static Flux<MessageUid> of(Rule rule, Place place, MailboxSession session) {
        return Flux.defer(() -> new Matches(rule, place, session).uids());
    }

    private Flux<MessageUid> uids() {
        return candidates()
            .concatMap(range -> Flux.from(messages.listMessagesMetadata(range, session)))
            .map(item -> candidate(item.getComposedMessageId().getUid(), item.getFlags(), this::unread))
            .filter(candidate -> candidate.verdict != Verdict.NO)
            .collectSortedList((one, other) -> one.uid.compareTo(other.uid))
            .flatMapIterable(all -> Lists.partition(all, BATCH))
            .concatMap(this::decided, 1);
    }

    private Flux<MessageRange> candidates() {
        UidSpan span = rule.span();
        Optional<SearchQuery> query = Narrowing.query(rule);
        if (span.isEmpty()) {
            return Flux.empty();
        }
        // What the mailbox tells of itself is never behind, as a search index may be: who asks for UIDs only wants to know what is new.
        return query.isEmpty() ? spanned(span) : Mono.fromCallable(() -> messages.search(query.get(), session))
            .flatMapMany(Flux::from)
            .filter(uid -> span.includes(aliases.item(uid)))
            .collectSortedList()
            .flatMapIterable(MessageRange::toRanges);
    }

    /** Where messages of their own UIDs can be, and then those that are items under another one. */
    private Flux<MessageRange> spanned(UidSpan span) {
        List<MessageUid> others = aliases.messages().stream()
            .filter(uid -> !span.includes(uid) && span.includes(aliases.item(uid)))
            .sorted()
            .toList();
        return Flux.just(span.range()).concatWith(Flux.fromIterable(MessageRange.toRanges(others)));
    }

    private Candidate candidate(MessageUid uid, Flags flags, Function<String, Optional<ImmutableList<String>>> reader) {
        return new Candidate(uid, rule.verdict(new Facts(aliases.item(uid), flags, reader)));
    }

    private Flux<MessageUid> decided(List<Candidate> batch) {
        return byHeader(batch)
            .flatMap(rest -> decided(rest, FetchGroup.FULL_CONTENT, CONTENTS, this::content))
            .flatMapIterable(all -> all)
            .filter(candidate -> candidate.verdict == Verdict.YES)
            .map(Candidate::uid);
    }

    private Mono<List<Candidate>> byHeader(List<Candidate> batch) {
        boolean helps = type == FolderType.MESG
            && rule.fields().flatMap(path -> PartPath.find(path).stream()).anyMatch(PartPath::isInMessageHeader);
        return helps ? decided(batch, FetchGroup.HEADERS, BATCH, this::header) : Mono.just(batch);
    }

    /** The batch, with those that are still open read so; without those that are gone. */
    private Mono<List<Candidate>> decided(List<Candidate> batch, FetchGroup group, int atOnce, Opening opening) {
        List<MessageUid> open = batch.stream().filter(Candidate::isOpen).map(Candidate::uid).toList();
        return Flux.fromIterable(Lists.partition(open, atOnce))
            .concatMap(some -> read(some, group, opening), 1)
            .collectMap(Candidate::uid)
            .map(read -> merged(batch, read));
    }

    private Flux<Candidate> read(List<MessageUid> uids, FetchGroup group, Opening opening) {
        return Flux.fromIterable(MessageRange.toRanges(uids))
            .flatMap(range -> messages.getMessagesReactive(range, group, session), READS)
            .concatMap(found -> Blocking.call(() -> candidate(found.getUid(), found.getFlags(), opening.open(found))), 1);
    }

    private static List<Candidate> merged(List<Candidate> batch, Map<MessageUid, Candidate> read) {
        return batch.stream()
            .flatMap(candidate -> candidate.isOpen() ? Stream.ofNullable(read.get(candidate.uid)) : Stream.of(candidate))
            .toList();
    }

    /** A message has no leaf at what is the path of none. */
    private Optional<ImmutableList<String>> unread(String path) {
        return type == FolderType.MESG && PartPath.find(path).isEmpty() ? Optional.of(ImmutableList.of()) : Optional.empty();
    }

    private Function<String, Optional<ImmutableList<String>>> header(MessageResult found) throws Exception {
        Message header = Message.read(() -> found.getHeaders().getInputStream());
        return path -> unread(path)
            // James finds a header's end only at CRLF CRLF, and has none without: then the whole message has to tell.
            .or(() -> PartPath.find(path)
                .filter(field -> field.isInMessageHeader() && header.hasHeader())
                .map(field -> header.values(path)));
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

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

package io.jamesext.kernel.mailbox;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.GenericGroup;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.MimeMessageId;
import org.apache.james.mailbox.store.mail.model.Subject;
import org.apache.james.mailbox.store.mail.utils.MimeMessageHeadersUtil;
import org.apache.james.mailbox.store.search.SearchUtil;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.message.HeaderImpl;
import org.reactivestreams.Publisher;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Knows the thread of a new message on the memory backend by a table, as James's Cassandra backend does: a message belongs to the thread of
 * an earlier one of that user which shares a message id with it (Message-ID, In-Reply-To, References) and the base subject (RFC 8621
 * section 3). James's own way there is to search all messages of the user, so that each APPEND is slower than the one before.
 *
 * <p>The table lives as long as James's memory. It holds what James's events have told, thus also messages of other protocols.
 */
public final class MemoryThreads implements ThreadIdGuessingAlgorithm, EventListener.ReactiveGroupEventListener {
    /** A group of James's own class: James reads the names of groups back without the class loader of extensions. */
    private static final Group GROUP = new GenericGroup("memory-threads");
    /** Of a References field; a longer one is cut off, so that one message cannot fill the table. */
    private static final int MAX_IDS = 100;
    /** Messages that are being stored; what falls out here is read again. */
    private static final int BEING_STORED = 1_000;
    private static final Splitter IDS = Splitter.on(CharMatcher.whitespace()).trimResults().omitEmptyStrings();

    private final MailboxManager mailboxManager;
    private final ThreadIdGuessingAlgorithm search;
    private final Map<Username, Table> tables = new ConcurrentHashMap<>();
    private final Cache<MessageId, Set<Link>> beingStored = CacheBuilder.newBuilder().maximumSize(BEING_STORED).build();

    /**
     * Over James's mailboxes.
     *
     * @param search what finds the messages of a thread, which needs no table
     */
    public MemoryThreads(MailboxManager mailboxManager, ThreadIdGuessingAlgorithm search) {
        this.mailboxManager = mailboxManager;
        this.search = search;
    }

    /** What two messages of a thread have in common. */
    private record Link(String messageId, String baseSubject) {
    }

    private record Linked(ThreadId thread, int messages) {
    }

    private record Known(Set<Link> links, Set<MailboxId> mailboxes) {
    }

    /** Of one user. */
    private static final class Table {
        private final Map<Link, Linked> threads = new HashMap<>();
        private final Map<MessageId, Known> messages = new HashMap<>();

        synchronized Optional<ThreadId> thread(Collection<Link> links) {
            return links.stream().map(threads::get).filter(linked -> linked != null).map(Linked::thread).findFirst();
        }

        /** Answers whether the message was known before, as one is that has been copied. */
        synchronized boolean copied(MessageId message, MailboxId mailbox) {
            Known known = messages.get(message);
            if (known != null) {
                known.mailboxes().add(mailbox);
            }
            return known != null;
        }

        synchronized void add(MessageId message, MailboxId mailbox, ThreadId thread, Set<Link> links) {
            messages.put(message, new Known(links, new HashSet<>(Set.of(mailbox))));
            links.forEach(link -> threads.merge(link, new Linked(thread, 1),
                (known, added) -> new Linked(known.thread(), known.messages() + 1)));
        }

        synchronized void remove(MessageId message, MailboxId mailbox) {
            messages.computeIfPresent(message, (id, known) -> isGone(known, mailbox) ? null : known);
        }

        synchronized void removeAll(MailboxId mailbox) {
            messages.values().removeIf(known -> isGone(known, mailbox));
        }

        /** With its last copy goes what the message linked. */
        private boolean isGone(Known known, MailboxId mailbox) {
            known.mailboxes().remove(mailbox);
            if (!known.mailboxes().isEmpty()) {
                return false;
            }
            known.links().forEach(link -> threads.computeIfPresent(link,
                (same, linked) -> linked.messages() == 1 ? null : new Linked(linked.thread(), linked.messages() - 1)));
            return true;
        }
    }

    @Override
    public Mono<ThreadId> guessThreadIdReactive(MessageId messageId, Optional<MimeMessageId> mimeMessageId,
            Optional<MimeMessageId> inReplyTo, Optional<List<MimeMessageId>> references, Optional<Subject> subject,
            MailboxSession session) {
        return Mono.fromSupplier(() -> {
            Set<Link> links = links(mimeMessageId, inReplyTo, references, subject);
            beingStored.put(messageId, links);
            return table(session.getUser()).thread(links).orElseGet(() -> ThreadId.fromBaseMessageId(messageId));
        });
    }

    private static Set<Link> links(Optional<MimeMessageId> mimeMessageId, Optional<MimeMessageId> inReplyTo,
            Optional<List<MimeMessageId>> references, Optional<Subject> subject) {
        String baseSubject = subject.map(Subject::getValue).map(SearchUtil::getBaseSubject).orElse("");
        return Stream.of(mimeMessageId.stream(), inReplyTo.stream(), references.stream().flatMap(List::stream))
            .flatMap(ids -> ids)
            .flatMap(id -> IDS.splitToStream(id.getValue()))
            .limit(MAX_IDS)
            .map(id -> new Link(id, baseSubject))
            .collect(Collectors.toSet());
    }

    private Table table(Username user) {
        return tables.computeIfAbsent(user, name -> new Table());
    }

    @Override
    public Flux<MessageId> getMessageIdsInThread(ThreadId threadId, MailboxSession session) {
        return search.getMessageIdsInThread(threadId, session);
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Added || event instanceof Expunged || event instanceof MailboxDeletion;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        if (event instanceof Added added) {
            return Flux.fromIterable(added.getUids()).concatMap(uid -> add(added, uid)).then();
        }
        if (event instanceof Expunged expunged) {
            expunged.getUids().forEach(uid -> table(expunged).remove(expunged.getMetaData(uid).getMessageId(), expunged.getMailboxId()));
        }
        if (event instanceof MailboxDeletion deletion) {
            table(deletion).removeAll(deletion.getMailboxId());
        }
        return Mono.empty();
    }

    /** The owner's, whoever has done it. */
    private Table table(MailboxEvent event) {
        return table(event.getMailboxPath().getUser());
    }

    private Mono<Void> add(Added added, MessageUid uid) {
        MessageMetaData message = added.getMetaData(uid);
        if (table(added).copied(message.getMessageId(), added.getMailboxId())) {
            return Mono.empty();
        }
        Set<Link> stored = beingStored.getIfPresent(message.getMessageId());
        beingStored.invalidate(message.getMessageId());
        return (stored == null ? read(added, uid) : Mono.just(stored))
            .doOnNext(links -> table(added).add(message.getMessageId(), added.getMailboxId(), message.getThreadId(), links))
            .then();
    }

    /** The links of a message that came by James's own manager; none when it is gone already. */
    private Mono<Set<Link>> read(Added added, MessageUid uid) {
        MailboxSession session = mailboxManager.createSystemSession(added.getMailboxPath().getUser());
        return Mono.from(mailboxManager.getMailboxReactive(added.getMailboxId(), session))
            .flatMapMany(mailbox -> mailbox.getMessagesReactive(MessageRange.one(uid), FetchGroup.HEADERS, session))
            .next()
            .flatMap(message -> Mono.fromCallable(() -> links(message)).subscribeOn(Schedulers.boundedElastic()))
            .doFinally(end -> mailboxManager.endProcessingRequest(session));
    }

    private static Set<Link> links(MessageResult message) throws MailboxException, IOException, MimeException {
        HeaderImpl headers = new HeaderImpl();
        new DefaultMessageBuilder().parseHeader(message.getHeaders().getInputStream()).forEach(headers::addField);
        return links(MimeMessageHeadersUtil.parseMimeMessageId(headers), MimeMessageHeadersUtil.parseInReplyTo(headers),
            MimeMessageHeadersUtil.parseReferences(headers), MimeMessageHeadersUtil.parseSubject(headers));
    }
}

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
package io.jamesext.ximss.folder;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.events.MailboxEvents;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;

import io.jamesext.ximss.folder.FolderReader.Found;
import io.jamesext.ximss.folder.FolderView.Change;
import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.folder.FolderView.Kind;
import io.jamesext.ximss.folder.ViewerField.Details;
import io.jamesext.ximss.reply.FolderReport;
import io.jamesext.ximss.reply.FolderReport.Place;
import io.jamesext.ximss.reply.FolderReport.Totals;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An open folder: a mailbox, the frozen view of it, and what has happened since. XIMSS, "Mailbox Operations". */
public final class Folder {
    /** Messages read at once: large enough to spare the store, small enough to hold while a slow client reads. */
    private static final int CHUNK = 64;

    private final String name;
    private final MessageManager mailbox;
    private final long uidValidity;
    private final FolderQuery query;
    private final ZoneId zone;
    private final FolderReader reader;
    private final FolderView view;
    private final Listener listener;
    private final Registration registration;

    /**
     * What a folder is opened with.
     *
     * @param name the folder's own name
     * @param mailbox the mailbox that it shows
     * @param query which of its messages, in which order, with which fields
     * @param zone the user's time zone
     */
    public record Opening(String name, MessageManager mailbox, FolderQuery query, ZoneId zone) {
    }

    /**
     * What all folders of a server share.
     *
     * @param eventBus says what happens in mailboxes
     * @param isIndexed whether James's search knows the words of messages without reading them
     * @param recent what was shown of messages lately
     */
    public record Shared(EventBus eventBus, boolean isIndexed, RecentDetails recent) {
    }

    private Folder(Opening opening, long uidValidity, FolderReader reader, FolderView view, Listening listening) {
        this.name = opening.name;
        this.mailbox = opening.mailbox;
        this.query = opening.query;
        this.zone = opening.zone;
        this.uidValidity = uidValidity;
        this.reader = reader;
        this.view = view;
        this.listener = listening.listener;
        this.registration = listening.registration;
    }

    /** Who listens, and the bus's registration of it. */
    private record Listening(Listener listener, Registration registration) {
    }

    /**
     * Opens a folder. It listens first and looks then, so that nothing falls between.
     *
     * @param tell sends an asynchronous report; called from any thread
     */
    public static Mono<Folder> open(Opening opening, Shared shared, MailboxSession session, Consumer<FolderReport> tell) {
        FolderReader reader = new FolderReader(opening.mailbox, session, opening.query, shared);
        Listener listener = new Listener(opening.name, new PendingChanges(), tell);
        return Mono.from(shared.eventBus.register(listener, new MailboxIdRegistrationKey(opening.mailbox.getId())))
            .flatMap(registration -> Mono.fromCallable(() -> opening.mailbox.getMailboxEntity().getUidValidity().asLong())
                .flatMap(uidValidity -> reader.all(opening.query.uidMin(uidValidity))
                    .map(items -> new Folder(opening, uidValidity, reader, new FolderView(opening.query.descending(), items),
                        new Listening(listener, registration))))
                .onErrorResume(error -> Mono.from(registration.unregister()).then(Mono.error(error))));
    }

    /** What to open the same mailbox with in its place: with these fields, if the query has none. */
    public Opening reopening(FolderQuery next) {
        return new Opening(name, mailbox, next.orFieldsOf(query), zone);
    }

    /** The folder's name. */
    public String name() {
        return name;
    }

    /** The mailbox that it shows. */
    public MessageManager mailbox() {
        return mailbox;
    }

    /** The view, for the indexes of a message set. */
    public FolderView view() {
        return view;
    }

    /** The report that the folder was opened; from then on the client is told when something happens. */
    public Flux<FolderReport> init(Optional<String> rights) {
        FolderReport report = FolderReport.init(name, new Totals(view.size(), view.unseen()), rights, uidValidity);
        return Flux.concat(Mono.just(report), Mono.fromRunnable(listener::opened));
    }

    /** The reports of the messages at some indexes, read as they are asked for. */
    public Flux<FolderReport> browse(List<Integer> indexes) {
        return Flux.fromIterable(indexes).buffer(CHUNK).concatMap(chunk -> details(chunk.stream().map(view::at).toList())
            .flatMapIterable(details -> chunk.stream()
                .map(index -> FolderReport.browsed(name, new Place(index, view.at(index).uid()), fields(view.at(index), details)))
                .toList()), 1);
    }

    /**
     * Brings the view up to date, and gives the reports of what the client has to do to its own.
     *
     * @param limit so many messages are looked at, of those that something happened to; of the others the client is told anew
     */
    public Flux<FolderReport> sync(long limit) {
        return Flux.defer(() -> {
            Optional<Set<Long>> touched = listener.pending.drain(limit);
            Mono<Found> present = touched.map(reader::some)
                .orElseGet(() -> reader.all(1).map(items -> new Found(items, Optional.empty())));
            return present.doOnError(error -> listener.pending.touchEverything())
                .flatMapMany(found -> reports(update(touched, found.items()), found.details()))
                .concatWith(Mono.fromRunnable(listener::opened));
        });
    }

    /** The places of the messages in the view that another filter includes too, in the order of the view. */
    public Mono<List<Integer>> search(MessageFilter filter) {
        return reader.matching(filter, query.uidMin(uidValidity))
            .map(items -> items.stream().flatMap(item -> view.index(item.uid()).stream().boxed()).sorted().toList());
    }

    /** A place in the view, and whose it is. */
    public FolderReport place(int index) {
        return FolderReport.browsed(name, new Place(index, view.at(index).uid()), List.of());
    }

    /** Stops listening. */
    public Mono<Void> close() {
        return Mono.from(registration.unregister());
    }

    private List<Change> update(Optional<Set<Long>> touched, List<Item> found) {
        Map<Long, Item> present = new HashMap<>();
        found.stream().filter(item -> item.uid() >= query.uidMin(uidValidity)).forEach(item -> present.put(item.uid(), item));
        Set<Long> uids = new HashSet<>(touched.orElseGet(view::uids));
        uids.addAll(present.keySet());
        return view.sync(uids, present);
    }

    private Flux<FolderReport> reports(List<Change> changes, Optional<Map<Long, Details>> known) {
        return Flux.fromIterable(changes).buffer(CHUNK).concatMap(chunk ->
            known.map(Mono::just)
                .orElseGet(() -> details(chunk.stream().filter(change -> change.kind() != Kind.REMOVED).map(Change::item).toList()))
                .flatMapIterable(details -> chunk.stream().map(change -> report(change, details)).toList()), 1);
    }

    private FolderReport report(Change change, Map<Long, Details> details) {
        Place place = new Place(change.index(), change.item().uid());
        Totals totals = new Totals(change.messages(), change.unseen());
        return switch (change.kind()) {
            case REMOVED -> FolderReport.removed(name, place, totals);
            case ADDED -> FolderReport.added(name, place, totals, fields(change.item(), details));
            case UPDATED -> FolderReport.updated(name, place, totals, fields(change.item(), details));
        };
    }

    private Mono<Map<Long, Details>> details(List<Item> items) {
        return reader.details(items.stream().map(Item::uid).toList());
    }

    private List<Element> fields(Item item, Map<Long, Details> details) {
        Optional<Details> known = Optional.ofNullable(details.get(item.uid()));
        return query.fields().stream()
            .map(field -> known.map(read -> field.show(item, read, zone)).orElseGet(() -> field.show(item)))
            .collect(ImmutableList.toImmutableList());
    }

    /** Notes what happened in the mailbox and tells the client once. Called from the event bus's threads. */
    private record Listener(String folder, PendingChanges pending, Consumer<FolderReport> tell)
            implements EventListener.ReactiveEventListener {
        void opened() {
            if (pending.opened()) {
                tell.accept(FolderReport.changed(folder));
            }
        }

        @Override
        public boolean isHandling(Event event) {
            return event instanceof MailboxEvents.MessageEvent || event instanceof MailboxEvents.MailboxDeletion;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(() -> {
                if (event instanceof MailboxEvents.MailboxDeletion) {
                    pending.touchEverything();
                }
                List<Long> uids = event instanceof MailboxEvents.MessageEvent messages
                    ? messages.getUids().stream().map(uid -> uid.asLong()).toList() : List.of();
                if (pending.touch(uids)) {
                    tell.accept(FolderReport.changed(folder));
                }
            });
        }
    }
}

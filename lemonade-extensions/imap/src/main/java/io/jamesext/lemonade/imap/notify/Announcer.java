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
package io.jamesext.lemonade.imap.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Subtree;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import io.jamesext.lemonade.imap.frame.FramedSession;
import io.jamesext.lemonade.imap.mailbox.MailboxStatus;
import io.jamesext.lemonade.imap.mailbox.StatusItem;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.Interest;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells a client all that it is to be told without having asked. RFC 5465 section 5. */
public final class Announcer {
    private static final Logger LOGGER = LoggerFactory.getLogger(Announcer.class);
    /** Notes that are told before the client's commands have their turn again. */
    private static final int BATCH = 32;
    /** Section 5.8. */
    static final UntaggedStatus OVERFLOW = UntaggedStatus.ok("NOTIFICATIONOVERFLOW", "Too much has changed to be told.");
    private static final String NO_ACCESS = "\\NoAccess";

    private final MailboxManager mailboxes;
    private final MailboxStatus status;
    private final Survey survey;

    /** On James's mailboxes and subscriptions. */
    public Announcer(MailboxManager mailboxes, SubscriptionManager subscriptions) {
        this.mailboxes = mailboxes;
        this.survey = new Survey(mailboxes, subscriptions);
        this.status = new MailboxStatus(mailboxes);
    }

    /** A mailbox as it is now. */
    private record Seen(MailboxId id, MailboxPath path, Watched.Access access) {
    }

    /** Tells some of what is new of the selected mailbox and of those that are watched; there is another turn when that was not all. */
    public Mono<Void> tell(ImapSession session, Responder responder, Unsolicited.During during) {
        return Mono.defer(() -> {
            Optional<Watch> watch = Watch.of(session);
            if (watch.isPresent() && watch.get().notes().lost()) {
                return overflow(watch.get(), session, responder);
            }
            return Unsolicited.tell(session, responder, during)
                .then(Mono.justOrEmpty(watch).flatMap(watched -> tell(watched, session, responder)));
        });
    }

    /** As if NOTIFY NONE had just been received. */
    private static Mono<Void> overflow(Watch watch, ImapSession session, Responder responder) {
        responder.respond(OVERFLOW);
        return stop(watch, session);
    }

    /** Tells nothing any more. */
    static Mono<Void> stop(Watch watch, ImapSession session) {
        Interest.set(session, Interest.NOTHING);
        Watch.remove(session);
        FramedSession.of(session).tellBetweenCommands(false);
        return FramedSession.of(session).detach(watch);
    }

    private Mono<Void> tell(Watch watch, ImapSession session, Responder responder) {
        FolderSession folders = FolderSession.of(session, responder);
        return Flux.fromIterable(watch.notes().take(BATCH))
            .concatMap(note -> lines(note, watch, folders))
            .doOnNext(responder::respond)
            .then(Mono.fromRunnable(() -> {
                if (!watch.notes().isEmpty()) {
                    FramedSession.of(session).ring();
                }
            }));
    }

    private Flux<Untagged> lines(Note note, Watch watch, FolderSession session) {
        return Flux.defer(() -> {
            if (note instanceof Note.Messages messages) {
                return messages(messages, watch, session);
            } else if (note instanceof Note.Name name) {
                return name(name, Optional.empty(), watch, session);
            } else if (note instanceof Note.Access access) {
                return access(access, watch, session);
            } else if (note instanceof Note.Metadata metadata) {
                return Mono.justOrEmpty(metadata(metadata, watch, session));
            }
            return survey.subscriptions(session).doOnNext(watch::subscriptions).thenMany(Flux.<Untagged>empty());
        })
            // The mailbox is gone, or the right to read it: there are other notes of that.
            .onErrorResume(Announcer::isGone, gone -> Mono.empty())
            .onErrorResume(Exception.class, e -> {
                LOGGER.error("a change could not be told", e);
                watch.lose();
                return Mono.empty();
            });
    }

    /** Sections 5.1 to 5.3. Of messages of the selected mailbox is told as SELECTED says (section 3.1). */
    private Mono<Untagged> messages(Note.Messages note, Watch watch, FolderSession session) {
        Watched mailbox = watch.watched().get(note.mailbox());
        if (mailbox == null || selected(note.mailbox(), session.imap())) {
            return Mono.empty();
        }
        Set<StatusItem> items = mailbox.statusItems(note.changes(), Condstore.aware(session.imap()));
        return items.isEmpty() ? Mono.empty() : status.unasked(note.mailbox(), items, session);
    }

    private static boolean selected(MailboxId mailbox, ImapSession session) {
        SelectedFolder folder = SelectedFolder.of(session);
        return folder != null && folder.getMailboxId().equals(mailbox);
    }

    /** What the client needs to know of a mailbox that it begins to watch. Section 3.1. */
    Mono<Untagged> begin(MailboxId id, Watched mailbox, FolderSession session) {
        Set<StatusItem> items = mailbox.statusItems();
        return items.isEmpty() || selected(id, session.imap()) ? Mono.empty()
            : status.unasked(id, items, session).onErrorResume(Announcer::isGone, gone -> Mono.empty());
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof MailboxNotFoundException || failure instanceof RefusedException;
    }

    /** Section 3.1: the client may look the mailbox up, and not read it. */
    static Untagged noAccess(MailboxPath path, FolderSession session) {
        return line(path, List.of(NO_ACCESS), session).end();
    }

    /** Sections 5.4, 5.5 and 5.9. */
    private Mono<Untagged> name(Note.Name note, Optional<MailboxPath> before, Watch watch, FolderSession session) {
        MailboxPath path = note.path();
        boolean own = session.names().own(path);
        Mono<List<MailboxPath>> subtree = own ? Subtree.mailboxes(path, session, mailboxes) : Mono.just(List.of());
        return Mono.zip(seen(Optional.empty(), path, session), subtree).map(found -> {
            Watched.Access access = found.getT1().map(Seen::access).orElse(Watched.Access.NONE);
            List<String> attributes = new ArrayList<>();
            if (access == Watched.Access.NONE) {
                attributes.add("\\NonExistent");
            }
            if (access == Watched.Access.LOOKUP || access == Watched.Access.NONE && note.refused()) {
                attributes.add(NO_ACCESS);
            }
            if (watch.subscriptions().contains(path)) {
                attributes.add("\\Subscribed");
            }
            if (own) {
                attributes.add(found.getT2().stream().anyMatch(below -> !below.equals(path)) ? "\\HasChildren" : "\\HasNoChildren");
            }
            UntaggedLine line = line(path, attributes, session);
            before.filter(old -> access != Watched.Access.NONE).ifPresent(old ->
                line.open().string("OLDNAME").open().mailbox(session.names().name(old)).close().close());
            return line.end();
        });
    }

    private static UntaggedLine line(MailboxPath path, List<String> attributes, FolderSession session) {
        return session.line("LIST").list(attributes).string(String.valueOf(session.names().delimiter()))
            .mailbox(session.names().name(path));
    }

    private Mono<Optional<Seen>> seen(Optional<MailboxId> id, MailboxPath path, FolderSession session) {
        return Mono.from(id.map(known -> mailboxes.getMailboxReactive(known, session.mailbox()))
                .orElseGet(() -> mailboxes.getMailboxReactive(path, session.mailbox())))
            .flatMap(mailbox -> Mono.fromCallable(() -> seen(mailbox, session)))
            .map(Optional::of)
            .onErrorResume(MailboxNotFoundException.class, gone -> Mono.just(Optional.empty()))
            .defaultIfEmpty(Optional.empty());
    }

    private Seen seen(MessageManager mailbox, FolderSession session) throws MailboxException {
        boolean reads = mailboxes.hasRight(mailbox.getMailboxEntity(), Right.Read, session.mailbox());
        return new Seen(mailbox.getId(), mailbox.getMailboxEntity().generateAssociatedPath(),
            reads ? Watched.Access.READ : Watched.Access.LOOKUP);
    }

    /** Looks what a mailbox is called now and what the client may do with it, and tells what has changed. Sections 5.4, 5.9 and 6.4. */
    private Flux<Untagged> access(Note.Access note, Watch watch, FolderSession session) {
        return seen(note.mailbox(), note.path(), session).flatMapMany(seen -> seen
            .map(found -> found(found, note, watch, session))
            .orElseGet(() -> note.mailbox().map(id -> lost(id, watch, session)).orElse(Flux.empty())));
    }

    /** By the name that the client knows: nobody may see what it is called now. */
    private Flux<Untagged> lost(MailboxId id, Watch watch, FolderSession session) {
        Watched before = watch.watched().get(id);
        if (before == null || before.access() == Watched.Access.NONE) {
            return Flux.empty();
        }
        watch.watched().put(id, before.with(Watched.Access.NONE));
        return name(new Note.Name(before.path(), true), Optional.empty(), watch, session).flux();
    }

    private Flux<Untagged> found(Seen now, Note.Access note, Watch watch, FolderSession session) {
        Watched before = watch.watched().get(now.id());
        Set<NotifyEvent> events = watch.events(now.path());
        boolean tellsNames = events.contains(NotifyEvent.MAILBOX_NAME);
        Optional<MailboxPath> oldName = note.before().map(old -> before == null ? old : before.path())
            .filter(old -> !old.equals(now.path()))
            .filter(old -> tellsNames || before != null && before.events().contains(NotifyEvent.MAILBOX_NAME));
        boolean granted = note.mailbox().isPresent();
        boolean changed = !events.isEmpty() && (before == null ? granted && tellsNames : before.access() != now.access());
        boolean fresh = granted && (before == null || changed) && now.access() == Watched.Access.READ
            && events.contains(NotifyEvent.MESSAGE_NEW);
        Note.Name name = new Note.Name(now.path(), now.access() != Watched.Access.READ);
        return (events.isEmpty() ? watch.unwatch(now.id()) : watch.watch(now.id(), now.path(), now.access()))
            .thenMany(Flux.concat(
                changed || oldName.isPresent() ? name(name, oldName, watch, session) : Mono.empty(),
                fresh ? messages(new Note.Messages(now.id(), EnumSet.of(Note.Change.COUNT)), watch, session) : Mono.empty()));
    }

    /** Sections 5.6 and 5.7; RFC 5464 section 4.4.2: {@code "METADATA" SP mailbox SP entry *(SP entry)}. */
    private static Optional<Untagged> metadata(Note.Metadata note, Watch watch, FolderSession session) {
        Optional<String> name = note.mailbox().isEmpty() ? Optional.of("")
            : note.mailbox().map(watch.watched()::get).map(mailbox -> session.names().name(mailbox.path()));
        return name.map(mailbox -> {
            UntaggedLine line = session.line("METADATA").mailbox(mailbox);
            note.entries().forEach(line::astring);
            return line.end();
        });
    }
}

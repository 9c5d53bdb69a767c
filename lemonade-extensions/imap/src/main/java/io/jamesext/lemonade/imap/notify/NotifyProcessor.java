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

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.fetch.ArrivalFetch;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.frame.FramedSession;
import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.Interest;
import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs NOTIFY. RFC 5465 section 3.1. The client listens to what it wants to watch before it is told how that is, so that nothing is lost
 * in between; what it watched before it watches until then.
 */
public final class NotifyProcessor extends AbstractMailboxProcessor<NotifyRequest> implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITY = List.of(Capability.of("NOTIFY"));
    /** Each event is looked at with each group. */
    private static final int MAX_GROUPS = 100;
    /** Mailboxes whose counters are read at once. */
    private static final int CONCURRENCY = 8;

    private final Services services;
    private final Survey survey;
    private final Announcer announcer;

    /** What the processor works with besides what all of James's do. */
    public record Services(Watches watches, SubscriptionManager subscriptions, ArrivalFetch arrivals) {
    }

    /** On James's services and ours. */
    public NotifyProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics, Services services) {
        super(NotifyRequest.class, mailboxes, responses, metrics);
        this.services = services;
        this.survey = new Survey(mailboxes, services.subscriptions());
        this.announcer = new Announcer(mailboxes, services.subscriptions());
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITY;
    }

    @Override
    protected Mono<Void> processRequestReactive(NotifyRequest request, ImapSession session, Responder responder) {
        return switch (request.form()) {
            case NONE -> none(session).then(Mono.fromRunnable(() -> okComplete(request, responder)));
            case UNKNOWN_EVENT -> badEvent(request, responder);
            case SET, SET_STATUS -> request.groups().unsupported() ? badEvent(request, responder)
                : request.groups().groups().size() > MAX_GROUPS ? overflow(request, "More than " + MAX_GROUPS + " groups.", responder)
                : set(request, session, responder);
        };
    }

    /** Section 3.1: it would be too expensive. */
    private static Mono<Void> overflow(NotifyRequest request, String why, Responder responder) {
        return Mono.fromRunnable(() -> responder.respond(StatusLine.no(request, "NOTIFICATIONOVERFLOW", why)));
    }

    private static Mono<Void> badEvent(NotifyRequest request, Responder responder) {
        return Mono.fromRunnable(() ->
            responder.respond(StatusLine.no(request, NotifyEvent.BAD_EVENT, "There is an event that is not supported.")));
    }

    private static Mono<Void> none(ImapSession session) {
        Interest.set(session, Interest.NOTHING);
        return Mono.justOrEmpty(Watch.of(session)).flatMap(watch -> Announcer.stop(watch, session));
    }

    private Mono<Void> set(NotifyRequest request, ImapSession session, Responder responder) {
        Watch watch = new Watch(services.watches(), request.groups(), session);
        FramedSession client = FramedSession.of(session);
        FolderSession folders = FolderSession.of(session, responder);
        client.attach(watch);
        return enableCondstore(request, session, responder)
            .then(services.watches().add(watch))
            .then(survey.of(watch, folders))
            .thenMany(Flux.defer(() -> watch.notes().lost() ? Flux.empty() : state(request, watch, folders)))
            .collectList()
            .onErrorResume(e -> client.detach(watch).then(Mono.error(e)))
            .flatMap(lines -> {
                if (watch.notes().lost()) {
                    return client.detach(watch).then(overflow(request, "More than " + Watches.MAX_MAILBOXES + " mailboxes.", responder));
                }
                return replace(watch, session, responder)
                    .then(accumulated(request, session, responder))
                    .then(Mono.fromRunnable(() -> {
                        lines.forEach(responder::respond);
                        okComplete(request, responder);
                        client.tellBetweenCommands(true);
                    }));
            });
    }

    private static Mono<Void> enableCondstore(NotifyRequest request, ImapSession session, Responder responder) {
        return request.groups().selected().filter(group -> ArrivalFetch.tellModSeqs(group.attributes())).isPresent()
            ? Condstore.enable(session, responder) : Mono.empty();
    }

    /** What the client has not been told yet is told when it has its turn again. */
    private static Mono<Void> replace(Watch watch, ImapSession session, Responder responder) {
        return Mono.defer(() -> {
            Optional<Watch> before = Watch.of(session);
            watch.install(session);
            before.ifPresent(old -> {
                if (old.notes().lost()) {
                    responder.respond(Announcer.OVERFLOW);
                }
                watch.inherit(old);
            });
            return Mono.justOrEmpty(before).flatMap(FramedSession.of(session)::detach);
        });
    }

    /** Section 3.1: what has happened in the selected mailbox up to now is told at once, whatever is to be told from now on. */
    private Mono<Void> accumulated(NotifyRequest request, ImapSession session, Responder responder) {
        return Mono.defer(() -> {
            Interest interest = request.groups().selected().map(this::interest).orElse(Interest.NOTHING);
            Interest.set(session, interest.inAll());
            return Unsolicited.tell(session, responder, Unsolicited.During.OTHER).doFinally(signal -> Interest.set(session, interest));
        });
    }

    /** Section 5 has new and expunged messages told together. */
    private Interest interest(EventGroup group) {
        Optional<Interest.Arrivals> arrivals = group.attributes().isEmpty() ? Optional.empty()
            : Optional.of((uids, session, responder) -> services.arrivals().tell(group.attributes(), uids, session, responder));
        return new Interest(true, true, group.events().contains(NotifyEvent.FLAG_CHANGE),
            group.filter() == MailboxFilter.SELECTED_DELAYED, arrivals);
    }

    private Flux<Untagged> state(NotifyRequest request, Watch watch, FolderSession session) {
        return Flux.fromIterable(Map.copyOf(watch.watched()).entrySet())
            .sort(Comparator.comparing((Map.Entry<MailboxId, Watched> mailbox) -> mailbox.getValue().path().asString()))
            .flatMapSequential(mailbox -> {
                if (mailbox.getValue().access() == Watched.Access.LOOKUP) {
                    return Mono.just(Announcer.noAccess(mailbox.getValue().path(), session));
                }
                return request.form() == NotifyRequest.Form.SET_STATUS
                    ? announcer.begin(mailbox.getKey(), mailbox.getValue(), session) : Mono.empty();
            }, CONCURRENCY);
    }

    @Override
    protected MDCBuilder mdc(NotifyRequest request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "NOTIFY");
    }
}

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

import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.reactivestreams.Publisher;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.mail.MailboxPattern;
import io.jamesext.dmap.mail.SpecialUses;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists mailboxes. Draft section 7.3.8, with the options of RFC 5258, RFC 5819 and RFC 6154 (CREF15):
 * {@code "LIST" [SP "(" [selection-option *(SP selection-option)] ")"] SP pattern
 * [SP "RETURN" SP "(" [return-option *(SP return-option)] ")"]}.
 */
public final class List implements DmapOperation<List.Request> {
    private static final ImmutableMap<String, ImmutableList<String>> NO_USES = ImmutableMap.of();
    /** Mailboxes whose annotations are read at once. */
    private static final int AT_ONCE = 8;

    /** Which mailboxes are wanted. RFC 5258 section 3.1, RFC 6154 section 3. */
    public enum Selecting {
        /** Those that are subscribed. */
        SUBSCRIBED,
        /** Those that are for something. */
        SPECIAL_USE,
        /** Also those that have such mailboxes below them. */
        RECURSIVEMATCH;

        /** Its name on the wire. */
        public String word() {
            return name().replace('_', '-');
        }
    }

    /**
     * What is wanted.
     *
     * @param selecting only mailboxes for which all of these hold
     * @param pattern their names
     * @param subscribed true when it is told which are subscribed
     * @param status the items of a STATUS response for each; empty for none
     */
    public record Request(ImmutableSet<Selecting> selecting, MailboxPattern pattern, boolean subscribed,
                          ImmutableList<Status.Item> status) {
        static Request parse(DmapReader arguments) {
            ImmutableSet<Selecting> selecting = ImmutableSet.of();
            if (arguments.expectSpace().accept('(')) {
                selecting = arguments.accept(')') ? selecting
                    : ImmutableSet.copyOf(arguments.restOfList(() -> selecting(arguments)));
                if (selecting.equals(ImmutableSet.of(Selecting.RECURSIVEMATCH))) {
                    // RFC 5258 section 3.1.
                    throw arguments.expected("another selection option beside RECURSIVEMATCH");
                }
                arguments.expectSpace();
            }
            MailboxPattern pattern = new MailboxPattern(arguments.expectPattern());
            ReturnOptions options = arguments.accept(' ') ? ReturnOptions.parse(arguments) : ReturnOptions.NONE;
            return new Request(selecting, pattern, options.subscribed() || selecting.contains(Selecting.SUBSCRIBED), options.status());
        }

        private static Selecting selecting(DmapReader arguments) {
            String option = arguments.expectWord("a selection option");
            return Enums.getIfPresent(Selecting.class, option.replace('-', '_')).toJavaUtil()
                .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED, "no such selection option"));
        }
    }

    /** What stands behind RETURN. CHILDREN and SPECIAL-USE are always told. */
    private record ReturnOptions(boolean subscribed, ImmutableList<Status.Item> status) {
        static final ReturnOptions NONE = new ReturnOptions(false, ImmutableList.of());

        static ReturnOptions parse(DmapReader arguments) {
            if (!arguments.acceptWord("RETURN")) {
                throw arguments.expected("RETURN");
            }
            arguments.expectSpace().expect('(');
            ImmutableList<ReturnOptions> options = arguments.accept(')') ? ImmutableList.of()
                : arguments.restOfList(() -> option(arguments));
            return new ReturnOptions(options.stream().anyMatch(ReturnOptions::subscribed),
                options.stream().flatMap(option -> option.status().stream()).distinct().collect(ImmutableList.toImmutableList()));
        }

        private static ReturnOptions option(DmapReader arguments) {
            return switch (arguments.expectWord("a return option")) {
                case "SUBSCRIBED" -> new ReturnOptions(true, ImmutableList.of());
                case "CHILDREN", "SPECIAL-USE" -> NONE;
                case "STATUS" -> {
                    arguments.expectSpace().expect('(');
                    yield new ReturnOptions(false, arguments.restOfList(() -> Status.Request.item(arguments)));
                }
                default -> throw new ProtocolException(Failure.NOT_SUPPORTED, "no such return option");
            };
        }
    }

    private final MailboxManager mailboxManager;
    private final SubscriptionManager subscriptions;
    private final Status status;
    private final SpecialUses specialUses;

    /** On James's mailboxes. */
    public List(MailboxManager mailboxManager, SubscriptionManager subscriptions) {
        this.mailboxManager = mailboxManager;
        this.subscriptions = subscriptions;
        this.status = new Status(mailboxManager);
        this.specialUses = new SpecialUses(mailboxManager);
    }

    @Override
    public String name() {
        return "LIST";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        if (request.status().contains(Status.Item.HIGHESTMODSEQ)) {
            session.enable(Extension.CONDSTORE);
        }
        boolean tellsUses = session.mode() != Mode.PARANOID;
        if (!tellsUses && request.selecting().contains(Selecting.SPECIAL_USE)) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "in PARANOID mode the server keeps no special uses");
        }
        MailboxSession user = session.mailboxSession();
        return Mono.zip(names(user).flatMap(names -> (tellsUses ? uses(names, request, user) : Mono.just(NO_USES))
                    .map(uses -> new MailboxTree.Names(names, uses))),
                subscribed(request, user))
            .flatMapIterable(known -> new MailboxTree(known.getT1(), known.getT2()).select(request))
            .concatMap(entry -> Flux.concat(Mono.just(entry.reply()), status(entry, request, user)));
    }

    /** The user's own mailboxes. TODO section 7.3.8: mailboxes that others share with the user. */
    private Mono<ImmutableSet<String>> names(MailboxSession user) {
        return mailboxManager.search(MailboxQuery.privateMailboxesBuilder(user).matchesAllMailboxNames().build(),
                MailboxSearchFetchType.Minimal, user)
            .map(metaData -> MailboxNames.name(metaData.getPath(), user))
            .collect(ImmutableSet.toImmutableSet());
    }

    /** What those are for that can be listed, or can have one listed that is above them. */
    private Mono<ImmutableMap<String, ImmutableList<String>>> uses(ImmutableSet<String> names, Request request, MailboxSession user) {
        return Flux.fromIterable(names)
            .filter(name -> request.selecting().contains(Selecting.SPECIAL_USE) || request.pattern().matches(name))
            .flatMap(name -> specialUses.of(MailboxNames.path(name, user), user).map(uses -> Map.entry(name, uses))
                // Deleted meanwhile.
                .onErrorResume(MailboxNotFoundException.class, gone -> Mono.empty()), AT_ONCE)
            .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Mono<ImmutableSet<String>> subscribed(Request request, MailboxSession user) {
        if (!request.subscribed()) {
            return Mono.just(ImmutableSet.of());
        }
        return Mono.fromCallable(() -> subscriptions.subscriptionsReactive(user))
            .flatMapMany(Flux::from)
            .filter(path -> path.belongsTo(user))
            .map((MailboxPath path) -> MailboxNames.name(path, user))
            .collect(ImmutableSet.toImmutableSet());
    }

    private Mono<DmapReply> status(MailboxTree.Entry entry, Request request, MailboxSession user) {
        return Optional.of(request.status())
            .filter(items -> !items.isEmpty() && entry.exists())
            .map(items -> status.of(MailboxNames.path(entry.name(), user), items, user))
            .orElseGet(Mono::empty);
    }
}

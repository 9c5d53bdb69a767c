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

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.RenameOption;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives a mailbox and all below it other names; subscriptions stay with the old ones. Draft section 7.3.5:
 * {@code "RENAME" SP mailbox SP mailbox}. INBOX is refused (CREF12: with special uses its special behaviour is not needed).
 */
public final class Rename implements DmapOperation<Rename.Request> {
    /** The old name and the new one. */
    public record Request(String from, String to) {
        static Request parse(DmapReader arguments) {
            String from = arguments.expectSpace().expectAstring("a mailbox name");
            return new Request(from, arguments.expectSpace().expectAstring("a mailbox name"));
        }
    }

    /** A mailbox and the name that it gets. */
    private record Move(MailboxPath from, MailboxPath to) {
        /** The same move for a mailbox below. */
        Move of(MailboxPath source) {
            return new Move(source, new MailboxPath(source, to.getName() + source.getName().substring(from.getName().length())));
        }
    }

    private final MailboxManager mailboxManager;
    private final Access access;

    /** On James's mailboxes. */
    public Rename(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
        this.access = new Access(mailboxManager);
    }

    @Override
    public String name() {
        return "RENAME";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        MailboxPath from = MailboxNames.path(request.from(), user);
        MailboxPath to = MailboxNames.newPath(request.to(), user);
        if (from.isInbox()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "INBOX cannot be renamed");
        }
        if (to.getName().startsWith(from.getName() + user.getPathDelimiter())) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "a mailbox cannot be below itself");
        }
        return rename(new Move(from, to), user).then(Mono.empty());
    }

    private Mono<Void> rename(Move move, MailboxSession user) {
        return Mono.zip(Subtree.mailboxes(move.from(), mailboxManager, user), Subtree.mailboxes(move.to(), mailboxManager, user))
            .map(trees -> checked(move, trees.getT1(), ImmutableSet.copyOf(trees.getT2()), user))
            .flatMap(moves -> Flux.fromIterable(topmost(moves, user))
                .concatMap(top -> access.open(top.from(), user, Right.DeleteMailbox))
                .then(createParent(move.to(), user))
                .thenMany(Flux.fromIterable(topmost(moves, user)))
                .concatMap(top -> mailboxManager.renameMailboxReactive(top.from(), top.to(), RenameOption.NONE, user))
                .then());
    }

    /** Nothing is renamed where a name is missing, taken or impossible. */
    private static ImmutableList<Move> checked(Move move, ImmutableList<MailboxPath> sources, ImmutableSet<MailboxPath> taken,
                                               MailboxSession user) {
        try {
            if (sources.isEmpty()) {
                throw new MailboxNotFoundException(move.from());
            }
            if (move.to().isInbox() || taken.contains(move.to())) {
                throw new MailboxExistsException(move.to().asString());
            }
            ImmutableList<Move> moves = sources.stream().map(move::of).collect(ImmutableList.toImmutableList());
            for (Move each : moves) {
                each.to().assertAcceptable(user.getPathDelimiter());
                if (taken.contains(each.to())) {
                    throw new MailboxExistsException(each.to().asString());
                }
            }
            return moves;
        } catch (MailboxNotFoundException | MailboxExistsException | MailboxNameException e) {
            throw MailboxFailures.of(e);
        }
    }

    /** Draft section 7.3.5: superior names that are missing are made. */
    private Mono<Void> createParent(MailboxPath path, MailboxSession user) {
        int end = path.getName().lastIndexOf(user.getPathDelimiter());
        if (end < 0) {
            return Mono.empty();
        }
        MailboxPath parent = new MailboxPath(path, path.getName().substring(0, end));
        return Mono.from(mailboxManager.mailboxExists(parent, user))
            .filter(exists -> !exists)
            .flatMap(missing -> Mono.from(mailboxManager.createMailboxReactive(parent, user)))
            .then();
    }

    /** Those that James does not rename with another one: more than one where the old name itself is no mailbox. */
    private static ImmutableList<Move> topmost(ImmutableList<Move> moves, MailboxSession user) {
        ImmutableSet<MailboxPath> sources = moves.stream().map(Move::from).collect(ImmutableSet.toImmutableSet());
        return moves.stream()
            .filter(move -> move.from().getParents(user.getPathDelimiter()).stream().noneMatch(sources::contains))
            .collect(ImmutableList.toImmutableList());
    }
}

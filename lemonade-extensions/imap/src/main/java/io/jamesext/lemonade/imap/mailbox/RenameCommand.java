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

package io.jamesext.lemonade.imap.mailbox;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.RenameOption;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Subtree;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * RENAME: gives a mailbox and all below it other names; subscriptions stay with the old ones. RFC 3501 section 6.3.5:
 * {@code rename = "RENAME" SP mailbox SP mailbox}.
 */
public final class RenameCommand implements FolderCommand<RenameRequest> {
    private final MailboxManager mailboxManager;
    private final RenameInbox renameInbox;

    public RenameCommand(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
        this.renameInbox = new RenameInbox(mailboxManager);
    }

    /** A mailbox and the name that it gets. */
    private record Move(MailboxPath from, MailboxPath to) {
    }

    /** Reads the arguments. */
    public static RenameRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String from = arguments.mailbox();
        arguments.space();
        return new RenameRequest(from, arguments.mailbox(), tag);
    }

    @Override
    public Class<RenameRequest> request() {
        return RenameRequest.class;
    }

    @Override
    public Mono<String> run(RenameRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> session.names().path(request.getExistingName()))
            .flatMap(from -> checked(from, request.getNewName(), session))
            .flatMap(move -> move.from().isInbox() ? renameInbox.run(move.to(), session) : rename(move, session))
            .then(Mono.empty());
    }

    private Mono<Move> checked(MailboxPath from, String newName, FolderSession session) {
        if (!session.names().own(from)) {
            // One that the user cannot see is not there; James lets only the owner rename the others.
            return Mono.from(mailboxManager.getMailboxReactive(from, session.mailbox()))
                .flatMap(seen -> Mono.error(new RefusedException("NOPERM", "Only its owner can do that.")));
        }
        return Mono.fromCallable(() -> {
            MailboxPath to = NewName.path(newName, session.names());
            if (!from.isInbox() && to.getName().startsWith(from.getName() + session.names().delimiter())) {
                throw new RefusedException("CANNOT", "A mailbox cannot be moved below itself.");
            }
            return new Move(from, to);
        });
    }

    private Mono<Void> rename(Move move, FolderSession session) {
        return Subtree.mailboxes(move.from(), session, mailboxManager)
            .flatMap(sources -> {
                if (sources.isEmpty()) {
                    return Mono.error(new MailboxNotFoundException(move.from()));
                }
                List<Move> moves = sources.stream().map(source -> new Move(source, target(move, source))).toList();
                return refuseTaken(move, moves, session)
                    .then(Mono.defer(() -> permitted(moves, session)))
                    .then(createParent(move.to(), session))
                    .thenMany(Flux.fromIterable(topmost(moves, session)))
                    .concatMap(top -> mailboxManager.renameMailboxReactive(top.from(), top.to(), RenameOption.NONE, session.mailbox()))
                    .then();
            });
    }

    private static MailboxPath target(Move move, MailboxPath source) {
        return new MailboxPath(source, move.to().getName() + source.getName().substring(move.from().getName().length()));
    }

    /** Nothing is renamed where one of the names is taken or too long. */
    private Mono<Void> refuseTaken(Move move, List<Move> moves, FolderSession session) {
        return Subtree.mailboxes(move.to(), session, mailboxManager).flatMap(taken -> Mono.fromCallable(() -> {
            Set<MailboxPath> names = Set.copyOf(taken);
            for (Move each : moves) {
                each.to().assertAcceptable(session.names().delimiter());
                refuseTaken(each.to(), names);
            }
            return null;
        }));
    }

    /** RFC 4314 section 4: right "x" for each mailbox that gets another name by itself, "k" for the one below which it goes. */
    private Mono<Void> permitted(List<Move> moves, FolderSession session) {
        return Flux.fromIterable(topmost(moves, session))
            .concatMap(move -> Mono.from(mailboxManager.getMailboxReactive(move.from(), session.mailbox()))
                .flatMap(mailbox -> OwnerRights.require(Right.DeleteMailbox, mailbox, session, mailboxManager))
                .then(Mono.defer(() -> Inheritance.of(move.to(), session, mailboxManager))))
            .then();
    }

    private static void refuseTaken(MailboxPath target, Set<MailboxPath> taken) throws MailboxException {
        if (taken.contains(target)) {
            throw new MailboxExistsException(target.asString());
        }
    }

    /** RFC 3501 section 6.3.5: a server SHOULD create the superior names that are missing. */
    private Mono<Void> createParent(MailboxPath path, FolderSession session) {
        int end = path.getName().lastIndexOf(session.names().delimiter());
        if (end < 0) {
            return Mono.empty();
        }
        MailboxPath parent = new MailboxPath(path, path.getName().substring(0, end));
        return Mono.from(mailboxManager.mailboxExists(parent, session.mailbox()))
            .flatMap(exists -> exists ? Mono.<Void>empty()
                : Mono.from(mailboxManager.createMailboxReactive(parent, session.mailbox())).then());
    }

    /** Those that James does not rename with another one. */
    private static List<Move> topmost(List<Move> moves, FolderSession session) {
        Set<MailboxPath> sources = moves.stream().map(Move::from).collect(Collectors.toSet());
        return moves.stream()
            .filter(move -> move.from().getParents(session.names().delimiter()).stream().noneMatch(sources::contains))
            .toList();
    }
}

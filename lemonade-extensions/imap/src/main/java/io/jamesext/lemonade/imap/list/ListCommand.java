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

package io.jamesext.lemonade.imap.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxMetaData;

import io.jamesext.lemonade.imap.acl.RightsText;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import io.jamesext.lemonade.imap.mailbox.MailboxStatus;
import io.jamesext.lemonade.imap.mailbox.SpecialUse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** LIST: tells of mailboxes. RFC 3501 section 6.3.8 and the extensions of this package. */
public final class ListCommand implements FolderCommand<ListRequest> {
    // How many mailboxes are looked at at once where the client wants what is not in the list itself.
    private static final int CONCURRENCY = 8;

    private final MailboxManager mailboxManager;
    private final FolderNames folderNames;
    private final SpecialUse specialUse;
    private final MailboxStatus status;

    public ListCommand(MailboxManager mailboxManager, SubscriptionManager subscriptions, SpecialUse specialUse, MailboxStatus status) {
        this.mailboxManager = mailboxManager;
        this.folderNames = new FolderNames(mailboxManager, subscriptions);
        this.specialUse = specialUse;
        this.status = status;
    }

    @Override
    public Class<ListRequest> request() {
        return ListRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(Capability.of("LIST-EXTENDED"), Capability.of("LIST-STATUS"), Capability.of("LIST-MYRIGHTS"),
            Capability.of("SPECIAL-USE"), Capability.of("CHILDREN"));
    }

    @Override
    public Mono<String> run(ListRequest request, FolderSession session, Consumer<Untagged> responses) {
        if (request.asksForRoot()) {
            responses.accept(root(request.reference(), session));
            return Mono.empty();
        }
        ListOptions options = request.options();
        return listed(request, session)
            .flatMapIterable(names -> names)
            .flatMapSequential(name -> lines(name, options, session), CONCURRENCY)
            .doOnNext(responses)
            .then(Mono.empty());
    }

    private static Untagged root(String reference, FolderSession session) {
        String others = session.names().otherUsers();
        String root = reference.startsWith(others) ? others : "";
        return session.line("LIST").list(List.of("\\Noselect")).string(String.valueOf(session.names().delimiter())).mailbox(root).end();
    }

    private Mono<List<Listed>> listed(ListRequest request, FolderSession session) {
        ListOptions options = request.options();
        Mono<Set<String>> subscribed = options.tells(ListReturn.SUBSCRIBED) ? folderNames.subscribed(session) : Mono.just(Set.of());
        return Mono.fromCallable(() -> ListPattern.all(request.reference(), request.patterns(), session.names()))
            .filter(patterns -> !patterns.isEmpty())
            .flatMap(patterns -> subscribed
                .flatMap(names -> folderNames.mailboxes(patterns, FolderNames.needsOthers(patterns, options, names), session)
                    .map(mailboxes -> new Listing(mailboxes, names, patterns, session.names().delimiter()).names(options))));
    }

    /** The LIST response of a name and what the client wants with it, or nothing where it has no use and one is asked for. */
    private Flux<Untagged> lines(Listed listed, ListOptions options, FolderSession session) {
        return uses(listed, options, session)
            .filter(uses -> !options.selects(ListSelection.SPECIAL_USE) || !uses.isEmpty() || listed.childInfo())
            .flatMapMany(uses -> {
                Untagged list = line(listed, uses, options, session);
                return listed.mailbox()
                    .filter(mailbox -> options.tells(ListReturn.STATUS) || options.tells(ListReturn.MYRIGHTS))
                    .map(mailbox -> Flux.concat(Flux.just(list), rights(mailbox, options, session), status(mailbox, options, session)))
                    .orElseGet(() -> Flux.just(list));
            });
    }

    private Mono<List<String>> uses(Listed listed, ListOptions options, FolderSession session) {
        if (!options.tells(ListReturn.SPECIAL_USE)) {
            return Mono.just(List.of());
        }
        return listed.mailbox().map(mailbox -> specialUse.of(mailbox.getPath(), session)).orElse(Mono.just(List.of()));
    }

    private Untagged line(Listed listed, List<String> uses, ListOptions options, FolderSession session) {
        List<String> attributes = new ArrayList<>();
        attribute(listed, options, session).ifPresent(attributes::add);
        attributes.addAll(uses);
        if (options.tells(ListReturn.SUBSCRIBED) && listed.subscribed()) {
            attributes.add("\\Subscribed");
        }
        // RFC 5258 section 3.5: what is no mailbox is told with its children where there is no CHILDINFO to tell why.
        boolean level = listed.mailbox().isEmpty() && listed.hasChildren() && !options.selects(ListSelection.SUBSCRIBED);
        if (options.tells(ListReturn.CHILDREN) || level) {
            attributes.add(listed.hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
        }
        UntaggedLine line = session.line("LIST").list(attributes).string(String.valueOf(session.names().delimiter()))
            .mailbox(listed.name());
        if (listed.childInfo()) {
            line.open().string("CHILDINFO").open().string("SUBSCRIBED").close().close();
        }
        return line.end();
    }

    /** Why a name cannot be selected: RFC 5258 section 3 has a word for what is not there, which RFC 3501 has not. */
    private Optional<String> attribute(Listed listed, ListOptions options, FolderSession session) {
        if (listed.mailbox().isEmpty()) {
            return Optional.of(options.extended() ? "\\NonExistent" : "\\Noselect");
        }
        return listed.mailbox().filter(mailbox -> !mayRead(mailbox, session)).map(mailbox -> "\\Noselect");
    }

    private boolean mayRead(MailboxMetaData mailbox, FolderSession session) {
        return session.names().own(mailbox.getPath())
            || RightsText.of(mailbox, session, mailboxManager).contains(Right.Read);
    }

    private Mono<Untagged> rights(MailboxMetaData mailbox, ListOptions options, FolderSession session) {
        if (!options.tells(ListReturn.MYRIGHTS)) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> RightsText.myRights(session.names().name(mailbox.getPath()),
            RightsText.of(mailbox, session, mailboxManager), session));
    }

    /** RFC 5819 section 2: no STATUS where it cannot be had. */
    private Mono<Untagged> status(MailboxMetaData mailbox, ListOptions options, FolderSession session) {
        if (!options.tells(ListReturn.STATUS) || !mayRead(mailbox, session)) {
            return Mono.empty();
        }
        return status.of(mailbox.getPath(), options.statusItems(), session)
            .onErrorResume(MailboxException.class, gone -> Mono.empty());
    }
}

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

import java.util.Optional;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.PrefixedWildcard;

import com.google.inject.Inject;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The user's mailboxes by the names of XIMSS: found, and made where a request says so. */
public final class Mailboxes {
    private final MailboxManager mailboxManager;
    private final MailboxClasses classes;
    private final UserSettings settings;

    /** On James's mailboxes. */
    @Inject
    public Mailboxes(MailboxManager mailboxManager, MailboxClasses classes, UserSettings settings) {
        this.mailboxManager = mailboxManager;
        this.classes = classes;
        this.settings = settings;
    }

    /**
     * Makes a mailbox.
     *
     * @param mailboxClass its class; empty or an empty text for mail
     */
    public Mono<Void> create(String name, Optional<String> mailboxClass, MailboxSession session) {
        MailboxPath path = MailboxNames.path(name, session);
        Mono<Void> withClass = Mono.justOrEmpty(mailboxClass.filter(named -> !named.isEmpty()))
            .flatMap(named -> classes.set(path, named, session))
            // Half a creation would leave a mailbox of the wrong kind behind.
            .onErrorResume(error -> mailboxManager.deleteMailboxReactive(path, session).then(Mono.error(error)));
        return Mono.from(mailboxManager.createMailboxReactive(path, session)).then(withClass);
    }

    /**
     * Finds a mailbox by its name, or else by its alias. XIMSS, "Mailbox Management", mailboxAliasUpdate: an alias stands for a mailbox's
     * name; not for that of another alias, so that nothing goes round in circles.
     */
    public Mono<MessageManager> find(String name, MailboxSession session) {
        return named(name, session).onErrorResume(MailboxNotFoundException.class, missing ->
            settings.find(session.getUser(), UserSettings.Kind.MAILBOX_ALIAS, name)
                .flatMap(target -> named(target, session))
                .switchIfEmpty(Mono.error(missing)));
    }

    /**
     * Finds a mailbox likewise.
     *
     * @param mailboxClass when there, a missing mailbox is made and gets this class. XIMSS, "Mailbox Operations", folderOpen
     */
    public Mono<MessageManager> find(String name, Optional<String> mailboxClass, MailboxSession session) {
        return find(name, session).onErrorResume(MailboxNotFoundException.class, missing -> mailboxClass.isPresent()
            ? create(name, mailboxClass, session).then(Mono.defer(() -> named(name, session))) : Mono.error(missing));
    }

    private Mono<MessageManager> named(String name, MailboxSession session) {
        return Mono.defer(() -> Mono.from(mailboxManager.getMailboxReactive(MailboxNames.path(name, session), session)));
    }

    /** The mailboxes below one. */
    public Flux<MailboxPath> below(MailboxPath path, MailboxSession session) {
        MailboxQuery query = MailboxQuery.builder().userAndNamespaceFrom(path)
            .expression(new PrefixedWildcard(path.getName() + session.getPathDelimiter()))
            .build();
        return mailboxManager.search(query, session).map(MailboxMetaData::getPath);
    }

    /** Whether James's search knows the words of messages without reading them: on memory it knows nothing and reads. */
    public boolean areIndexed() {
        return mailboxManager.getSupportedSearchCapabilities().contains(MailboxManager.SearchCapabilities.FullText);
    }

    /** What the user may do with a mailbox; empty when that is everything, for it is the user's own. */
    public Mono<Optional<String>> rights(MailboxPath path, MailboxSession session) {
        return path.belongsTo(session) ? Mono.just(Optional.empty())
            : Blocking.call(() -> Optional.of(AccessRights.text(mailboxManager.myRights(path, session))));
    }

    /** The flags that the user may set in a mailbox. RFC 4314 section 4: new messages get no other. */
    public Mono<PermanentFlags> settableFlags(MessageManager mailbox, MailboxSession session) {
        return Mono.from(mailboxManager.myRights(mailbox.getId(), session)).map(PermanentFlags::of);
    }

    /**
     * Takes the flags away from new messages that the user may not set: James copies messages with all they have. As the owner, for the
     * user might not be allowed to take one away either.
     */
    public Mono<Void> restrictFlags(MessageRange messages, MessageManager mailbox, MailboxSession session) {
        return settableFlags(mailbox, session)
            .filter(settable -> !settable.complement().isEmpty())
            .flatMap(settable -> Mono.fromCallable(mailbox::getMailboxPath)
                .map(path -> mailboxManager.createSystemSession(path.getUser()))
                .flatMap(owner -> Mono.from(mailboxManager.getMailboxReactive(mailbox.getId(), owner))
                    .flatMapMany(owned -> Flux.from(owned.listMessagesMetadata(messages, owner))
                        .concatMap(message -> takeAway(settable.complement().of(message.getFlags()), message, owned, owner)))
                    .then()));
    }

    private static Mono<Void> takeAway(Flags flags, ComposedMessageIdWithMetaData message, MessageManager mailbox, MailboxSession owner) {
        return flags.equals(new Flags()) ? Mono.empty()
            : Mono.from(mailbox.setFlagsReactive(flags, MessageManager.FlagsUpdateMode.REMOVE,
                MessageRange.one(message.getComposedMessageId().getUid()), owner)).then();
    }

    /**
     * Fails unless the user has all of these rights on a mailbox. James finds a mailbox for whoever may look it up and lets all
     * that is in it be read then, and takes any one right to write for all of them: RFC 4314 section 4 asks for each by itself.
     */
    public Mono<Void> require(Set<Right> needed, MessageManager mailbox, MailboxSession session) {
        // Whatever entry of the ACL is against it, the owner can do everything, or could not even mend the ACL: nothing to ask for.
        return mailbox.getMailboxPath().belongsTo(session) ? Mono.empty() : Mono.from(mailboxManager.myRights(mailbox.getId(), session))
            .filter(rights -> !needed.stream().allMatch(rights::contains))
            .flatMap(lacking -> Mono.error(new ProtocolException(Failure.NO_PERMISSION, "permission denied")));
    }
}

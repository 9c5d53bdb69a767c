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

package io.jamesext.lemonade.imap.metadata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.user.api.UsersRepository;

import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.mailbox.SpecialUse;
import io.jamesext.lemonade.imap.notify.Watches;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** SETMETADATA: sets and removes annotations, all of them or none. RFC 5464 section 4.3. */
public final class SetMetadataCommand implements FolderCommand<SetMetadataRequest> {
    private final MailboxManager mailboxManager;
    private final SpecialUse specialUse;
    private final ServerMetadata server;
    private final Watches watches;

    /** With what it writes to, who may, and who is told. */
    public SetMetadataCommand(MailboxManager mailboxManager, SpecialUse specialUse, ServerAnnotations server, UsersRepository users,
                              Watches watches) {
        this.mailboxManager = mailboxManager;
        this.specialUse = specialUse;
        this.server = new ServerMetadata(server, users);
        this.watches = watches;
    }

    @Override
    public Class<SetMetadataRequest> request() {
        return SetMetadataRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        // RFC 5466 section 3.2: filters are managed by this command.
        return List.of(ImapConstants.SUPPORTS_ANNOTATION, Capability.of("FILTERS"));
    }

    @Override
    public Mono<String> run(SetMetadataRequest request, FolderSession session, Consumer<Untagged> responses) {
        if (request.name().isEmpty()) {
            return server.set(request, session)
                .then(Mono.fromRunnable(() -> watches.serverAnnotated(session.mailbox().getUser(), names(request),
                    session.mailbox().getSessionId())));
        }
        return Mono.fromCallable(() -> session.names().path(request.name()))
            .flatMap(path -> Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox()))
                .flatMap(mailbox -> Mono.fromCallable(() -> changes(request, path, mailbox, session))
                    .delayUntil(changes -> refuseTooMany(path, changes, session))
                    .flatMap(changes -> Mono.from(mailboxManager.updateAnnotationsReactive(path, session.mailbox(), changes)))
                    .then(Mono.fromRunnable(() -> watches.annotated(mailbox.getId(), names(request),
                        session.mailbox().getSessionId())))))
            .then(Mono.empty());
    }

    private static List<String> names(SetMetadataRequest request) {
        return request.values().keySet().stream().map(EntryName::name).toList();
    }

    private List<MailboxAnnotation> changes(SetMetadataRequest request, MailboxPath path, MessageManager mailbox, FolderSession session)
        throws Exception {
        boolean own = session.names().own(path);
        if (!own && !mailboxManager.hasRight(mailbox.getMailboxEntity(), Right.Write, session.mailbox())) {
            // RFC 5464 section 3.3 wants one right of several; James would let everybody write who may read.
            throw new RefusedException("NOPERM", "Not permitted.");
        }
        List<MailboxAnnotation> removed = new ArrayList<>();
        List<MailboxAnnotation> set = new ArrayList<>();
        for (Map.Entry<EntryName, Optional<String>> entry : request.values().entrySet()) {
            if (entry.getKey().isPrivate() && !own) {
                throw noPrivate();
            }
            MailboxAnnotation change = change(entry.getKey(), entry.getValue(), path, session);
            (change.isNil() ? removed : set).add(change);
        }
        // What goes makes place for what comes.
        removed.addAll(set);
        return removed;
    }

    private MailboxAnnotation change(EntryName entry, Optional<String> value, MailboxPath path, FolderSession session)
        throws RefusedException {
        MailboxAnnotationKey key = entry.key().orElseThrow(() -> new RefusedException("CANNOT", "No entry can have that name."));
        if (key.equals(SpecialUse.KEY)) {
            // RFC 6154 section 4: checked as CREATE does.
            List<String> uses = SpecialUse.checked(SpecialUse.split(value.orElse("")));
            return specialUse.annotation(path, uses, session);
        }
        if (value.isEmpty()) {
            return MailboxAnnotation.nil(key);
        }
        if (value.get().getBytes(StandardCharsets.UTF_8).length > MailboxConstants.DEFAULT_LIMIT_ANNOTATION_SIZE) {
            throw new RefusedException("METADATA MAXSIZE " + MailboxConstants.DEFAULT_LIMIT_ANNOTATION_SIZE, "Too long.");
        }
        return MailboxAnnotation.newInstance(key, value.get());
    }

    /** RFC 5464 section 4.3: nothing is changed where one of the changes is too many. */
    private Mono<Void> refuseTooMany(MailboxPath path, List<MailboxAnnotation> changes, FolderSession session) {
        return Flux.from(mailboxManager.getAllAnnotationsReactive(path, session.mailbox()))
            .map(MailboxAnnotation::getKey)
            .collect(HashSet<MailboxAnnotationKey>::new, Set::add)
            .flatMap(keys -> {
                for (MailboxAnnotation change : changes) {
                    if (change.isNil()) {
                        keys.remove(change.getKey());
                    } else {
                        keys.add(change.getKey());
                    }
                }
                return keys.size() <= MailboxConstants.DEFAULT_LIMIT_ANNOTATIONS_ON_MAILBOX ? Mono.empty()
                    : Mono.error(new RefusedException("METADATA TOOMANY", "Too many annotations."));
            });
    }

    private static RefusedException noPrivate() {
        return new RefusedException("METADATA NOPRIVATE", "Private annotations are for the owner of a mailbox only.");
    }
}

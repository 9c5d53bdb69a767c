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
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.common.collect.Lists;

import io.jamesext.lemonade.imap.folder.FolderSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What new mailboxes get of the ACL of the nearest mailbox above them. RFC 4314 section 4, CREATE.
 *
 * <p>James gives whoever may look up a mailbox the right "l" to all above it. Nobody has granted that, and so an entry of that right alone
 * is not passed on: its user would see the names of what is beside the one mailbox that was shared. Nor is what was taken from the owner:
 * that is for the one mailbox that an operator meant.
 *
 * @param heirs the mailboxes that are made, the lowest first
 */
record Inheritance(List<MailboxPath> heirs, Map<EntryKey, Rfc4314Rights> entries) {
    private static final Rfc4314Rights LOOKUP = new Rfc4314Rights(Right.Lookup);
    private static final Inheritance NONE = new Inheritance(List.of(), Map.of());

    /** To be asked before the mailbox is made: which of those above it are there, and may one be made there? */
    static Mono<Inheritance> of(MailboxPath path, FolderSession session, MailboxManager mailboxManager) {
        List<MailboxPath> levels = Lists.reverse(path.getHierarchyLevels(session.names().delimiter()));
        return Flux.fromIterable(levels.subList(1, levels.size()))
            .concatMap(parent -> Mono.from(mailboxManager.getMailboxReactive(parent, session.mailbox()))
                .onErrorResume(MailboxNotFoundException.class, e -> Mono.empty()), 1)
            .next()
            .flatMap(nearest -> OwnerRights.require(Right.CreateMailbox, nearest, session, mailboxManager)
                .then(Mono.fromCallable(() -> of(nearest, levels))))
            .defaultIfEmpty(NONE);
    }

    private static Inheritance of(MessageManager nearest, List<MailboxPath> levels) throws Exception {
        MailboxPath path = nearest.getMailboxPath();
        return new Inheritance(levels.stream().takeWhile(level -> !level.equals(path)).toList(),
            nearest.getMailboxEntity().getACL().getEntries().entrySet().stream()
                // A group is nobody, but James resolves no right of a mailbox that names one.
                .filter(entry -> !entry.getValue().equals(LOOKUP) && entry.getKey().getNameType() != NameType.group
                    && !entry.getKey().equals(MailboxACL.OWNER_NEGATIVE_KEY))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Adds the rights, once the mailboxes are made; another client may have given some meanwhile. */
    Mono<Void> pass(FolderSession session, MailboxManager mailboxManager) {
        return Flux.fromIterable(heirs)
            .concatMap(heir -> Flux.fromIterable(entries.entrySet())
                .concatMap(entry -> mailboxManager.applyRightsCommandReactive(heir,
                    MailboxACL.command().key(entry.getKey()).rights(entry.getValue()).asAddition(), session.mailbox())))
            .then();
    }
}

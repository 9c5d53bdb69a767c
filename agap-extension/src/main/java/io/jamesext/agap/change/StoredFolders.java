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
package io.jamesext.agap.change;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;

import com.google.inject.Inject;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users' own mailboxes and what James counts in them, below any user's rights: the truth that the index is made from. */
public final class StoredFolders {
    private static final Username READER = Username.of("jamesext-agap-folders");

    private final MailboxManager mailboxes;
    private final MailboxSessionMapperFactory mappers;

    /** On James's store. */
    @Inject
    public StoredFolders(MailboxManager mailboxes, MailboxSessionMapperFactory mappers) {
        this.mailboxes = mailboxes;
        this.mappers = mappers;
    }

    /** What stands between the names of a path. */
    char delimiter() {
        return mailboxes.createSystemSession(READER).getPathDelimiter();
    }

    /** All of a user. */
    Flux<Mailbox> of(Username user) {
        MailboxSession session = mailboxes.createSystemSession(user);
        return mappers.getMailboxMapper(session)
            .findMailboxWithPathLike(MailboxQuery.privateMailboxesBuilder(session).matchesAllMailboxNames().build().asUserBound());
    }

    /** One; empty when it was deleted. */
    Mono<Mailbox> find(MailboxId id) {
        return mappers.getMailboxMapper(mailboxes.createSystemSession(READER)).findMailboxById(id)
            .onErrorResume(MailboxNotFoundException.class, gone -> Mono.empty());
    }

    /** The counts of one, in the order that makes the last UID at least that of every message up to the mod-sequence. */
    Mono<Counts> counts(Mailbox mailbox) {
        return mappers.getModSeqProvider().highestModSeqReactive(mailbox)
            .flatMap(modSeq -> lastUid(mailbox).map(lastUid -> new Counts(modSeq.asLong(), lastUid)));
    }

    /** The counts of one at a mod-sequence that was heard of. */
    Mono<Counts> countsAt(Mailbox mailbox, long modSeq) {
        return lastUid(mailbox).map(lastUid -> new Counts(modSeq, lastUid));
    }

    private Mono<Long> lastUid(Mailbox mailbox) {
        return mappers.getUidProvider().lastUidReactive(mailbox)
            .map(last -> last.map(MessageUid::asLong).orElse(0L))
            .defaultIfEmpty(0L);
    }

    /** Draws a mod-sequence for a change that James draws none for. */
    Mono<Long> draw(Mailbox mailbox) {
        return mappers.getModSeqProvider().nextModSeqReactive(mailbox.getMailboxId()).map(ModSeq::asLong);
    }
}

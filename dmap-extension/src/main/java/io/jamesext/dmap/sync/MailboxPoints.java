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
package io.jamesext.dmap.sync;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;

import com.google.inject.Inject;

import io.jamesext.dmap.mail.MailboxNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads how far each of a user's own mailboxes has come: one read of their list, and one small read for each. */
public final class MailboxPoints {
    /** Mailboxes that are looked at together. */
    private static final int CONCURRENCY = 16;

    private final MailboxManager mailboxManager;
    private final MailboxSessionMapperFactory mappers;

    /** On James's mailboxes, and their mod-sequences without the detour of opening each. */
    @Inject
    public MailboxPoints(MailboxManager mailboxManager, MailboxSessionMapperFactory mappers) {
        this.mailboxManager = mailboxManager;
        this.mappers = mappers;
    }

    /** All of the user's own, in no order. */
    public Flux<MailboxPoint> of(MailboxSession user) {
        return mailboxManager.search(MailboxQuery.privateMailboxesBuilder(user).matchesAllMailboxNames().build(),
                MailboxSearchFetchType.Minimal, user)
            .map(MailboxMetaData::getMailbox)
            .flatMap(mailbox -> point(mailbox, user), CONCURRENCY);
    }

    private Mono<MailboxPoint> point(Mailbox mailbox, MailboxSession user) {
        return mappers.getModSeqProvider().highestModSeqReactive(mailbox)
            .map(modSeq -> new MailboxPoint(MailboxNames.name(mailbox.generateAssociatedPath(), user), mailbox.getMailboxId(),
                mailbox.getUidValidity().asLong(), modSeq.asLong()));
    }
}

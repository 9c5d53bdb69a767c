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
package io.jamesext.dmap.op.keyring;

import java.io.IOException;
import java.util.Iterator;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.Header;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.MultimailboxesSearchQuery;
import org.apache.james.mailbox.model.MultimailboxesSearchQuery.PersonalNamespace;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.search.MailboxQuery;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.mail.DimeWrapper;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether a user has messages that belong to a key. James's search names candidates, in all mailboxes at once, and only when there are any
 * the mailboxes are gone through and the header is read: that of a DIME message says which key it belongs to. What is behind the header
 * is not read: rather a key too many is kept than one too few.
 */
final class KeyUse {
    private final MailboxManager mailboxManager;

    KeyUse(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    Mono<Boolean> isUsed(Fingerprint key, MailboxSession session) {
        String name = DimeWrapper.keyName(key);
        SearchQuery query = SearchQuery.of(SearchQuery.headerContains(DimeWrapper.KEY_FIELD, name));
        return search(query, session)
            .hasElements()
            .flatMap(found -> found ? mailboxes(session).concatMap(mailbox -> messages(mailbox, query, session), 1)
                .any(message -> isOf(message, name)) : Mono.just(false));
    }

    private Flux<MessageId> search(SearchQuery query, MailboxSession session) {
        MultimailboxesSearchQuery everywhere = MultimailboxesSearchQuery.from(query).inNamespace(new PersonalNamespace(session)).build();
        return Flux.defer(() -> mailboxManager.search(everywhere, session, 1));
    }

    private Flux<MailboxId> mailboxes(MailboxSession session) {
        return mailboxManager.search(MailboxQuery.privateMailboxesBuilder(session).matchesAllMailboxNames().build(),
            MailboxSearchFetchType.Minimal, session).map(MailboxMetaData::getId);
    }

    private Flux<MessageResult> messages(MailboxId id, SearchQuery query, MailboxSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(id, session))
            .flatMapMany(mailbox -> messages(mailbox, query, session))
            // Deleted meanwhile.
            .onErrorResume(MailboxNotFoundException.class, gone -> Flux.empty());
    }

    private static Flux<MessageResult> messages(MessageManager mailbox, SearchQuery query, MailboxSession session) {
        return Mono.fromCallable(() -> mailbox.search(query, session))
            .flatMapMany(Flux::from)
            .concatMap(uid -> mailbox.getMessagesReactive(MessageRange.one(uid), FetchGroup.HEADERS, session), 1);
    }

    private static boolean isOf(MessageResult message, String key) {
        try {
            boolean isKeys = false;
            for (Iterator<Header> headers = message.getHeaders().headers(); headers.hasNext();) {
                Header header = headers.next();
                isKeys |= header.getName().equalsIgnoreCase(DimeWrapper.KEY_FIELD) && header.getValue().trim().equals(key);
            }
            return isKeys && DimeWrapper.isOn(message.getHeaders());
        } catch (IOException | MailboxException e) {
            throw new IllegalStateException("a header cannot be read", e);
        }
    }
}

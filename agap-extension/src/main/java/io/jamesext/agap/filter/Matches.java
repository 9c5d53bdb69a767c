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
package io.jamesext.agap.filter;

import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.mailbox.store.search.MessageSearchIndex;

import com.google.inject.Inject;

import io.jamesext.agap.change.Aliases;
import io.jamesext.agap.folder.FolderType;
import reactor.core.publisher.Flux;

/** Finds the items of a folder that a filter means. */
public final class Matches {
    private final boolean isIndexed;

    /** By this search of James. */
    @Inject
    public Matches(MessageSearchIndex search) {
        // The others read every message at each search, which Matching does as well, and only once.
        this(search instanceof ListeningMessageSearchIndex);
    }

    /** The choice is whether James is searched. */
    Matches(boolean isIndexed) {
        this.isIndexed = isIndexed;
    }

    /**
     * A folder that is searched.
     *
     * @param type says what fields its items have
     * @param aliases of its items
     */
    public record Place(MessageManager messages, FolderType type, Aliases aliases) {
    }

    /** The UIDs of their messages, in order. What there is in the folder is settled before the first of them is given. */
    public Flux<MessageUid> of(Rule rule, Place place, MailboxSession session) {
        Optional<SearchQuery> query = isIndexed ? Narrowing.query(rule) : Optional.empty();
        return new Matching(rule, query, place, session).uids();
    }
}

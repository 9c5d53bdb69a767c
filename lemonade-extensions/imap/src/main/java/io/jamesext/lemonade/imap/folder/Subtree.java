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

package io.jamesext.lemonade.imap.folder;

import java.util.List;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.PrefixedWildcard;

import reactor.core.publisher.Mono;

/** One of the user's own names with all the names below it. */
public final class Subtree {
    private Subtree() {
    }

    /** The mailboxes in it: the name itself if it is one, and those below it. */
    public static Mono<List<MailboxPath>> mailboxes(MailboxPath path, FolderSession session, MailboxManager mailboxManager) {
        String inferior = path.getName() + session.names().delimiter();
        MailboxQuery query = MailboxQuery.privateMailboxesBuilder(session.mailbox())
            .expression(new PrefixedWildcard(path.getName()))
            .build();
        return mailboxManager.search(query, MailboxSearchFetchType.Minimal, session.mailbox())
            .map(MailboxMetaData::getPath)
            .filter(found -> found.getName().equals(path.getName()) || found.getName().startsWith(inferior))
            .collectList();
    }
}

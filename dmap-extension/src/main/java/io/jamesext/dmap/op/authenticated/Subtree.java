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
package io.jamesext.dmap.op.authenticated;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.PrefixedWildcard;

import com.google.common.collect.ImmutableList;

import reactor.core.publisher.Mono;

/** One of the user's own names with all the names below it. */
final class Subtree {
    private Subtree() {
    }

    /** The mailboxes in it: the name itself if it is one, and those below it. */
    static Mono<ImmutableList<MailboxPath>> mailboxes(MailboxPath path, MailboxManager mailboxManager, MailboxSession user) {
        String below = path.getName() + user.getPathDelimiter();
        return mailboxManager.search(MailboxQuery.privateMailboxesBuilder(user).expression(new PrefixedWildcard(path.getName())).build(),
                MailboxSearchFetchType.Minimal, user)
            .map(MailboxMetaData::getPath)
            .filter(found -> found.getName().equals(path.getName()) || found.getName().startsWith(below))
            .collect(ImmutableList.toImmutableList());
    }
}

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

import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.apache.james.mailbox.DefaultMailboxes;
import org.apache.james.mailbox.model.MailboxConstants;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ListedMailbox;

/** A user's mailbox names and what LIST says of each. */
final class MailboxTree {
    /** RFC 6154 section 2, by the names that James gives to such mailboxes. */
    private static final ImmutableMap<String, String> SPECIAL_USES = ImmutableMap.of(
        DefaultMailboxes.ARCHIVE, "\\Archive",
        DefaultMailboxes.DRAFTS, "\\Drafts",
        DefaultMailboxes.SENT, "\\Sent",
        DefaultMailboxes.SPAM, "\\Junk",
        DefaultMailboxes.TRASH, "\\Trash");

    /** One line of the answer. */
    record Entry(String name, boolean exists, ImmutableList<String> attributes) {
        DmapReply reply() {
            return new ListedMailbox(attributes, name);
        }
    }

    private final ImmutableSet<String> mailboxes;
    private final ImmutableSet<String> subscribed;
    private final ImmutableSet<String> parents;

    MailboxTree(ImmutableSet<String> mailboxes, ImmutableSet<String> subscribed) {
        this.mailboxes = mailboxes;
        this.subscribed = subscribed;
        this.parents = mailboxes.stream().flatMap(MailboxTree::parents).collect(ImmutableSet.toImmutableSet());
    }

    /** What LIST answers, INBOX first. */
    ImmutableList<Entry> select(List.Request request) {
        TreeSet<String> names = new TreeSet<>(Comparator.comparing((String name) -> !name.equals(MailboxConstants.INBOX))
            .thenComparing(Comparator.naturalOrder()));
        names.addAll(mailboxes);
        if (request.selecting().contains(List.Selecting.SUBSCRIBED)) {
            // RFC 5258 section 3.1: also those that are no more. The notes on CREF13: the subscription is kept.
            names.addAll(subscribed);
            names.retainAll(subscribed);
        } else if (request.pattern().wantsLevels()) {
            names.addAll(parents);
        }
        return names.stream()
            .filter(request.pattern()::matches)
            .filter(name -> !request.selecting().contains(List.Selecting.SPECIAL_USE) || SPECIAL_USES.containsKey(name))
            .map(this::entry)
            .collect(ImmutableList.toImmutableList());
    }

    private Entry entry(String name) {
        boolean exists = mailboxes.contains(name);
        ImmutableList.Builder<String> attributes = ImmutableList.builder();
        if (!exists) {
            attributes.add(parents.contains(name) ? "\\Noselect" : "\\NonExistent");
        }
        attributes.add(parents.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
        if (subscribed.contains(name)) {
            attributes.add("\\Subscribed");
        }
        if (SPECIAL_USES.containsKey(name)) {
            attributes.add(SPECIAL_USES.get(name));
        }
        return new Entry(name, exists, attributes.build());
    }

    private static Stream<String> parents(String name) {
        return Stream.iterate(name.lastIndexOf(MailboxNames.SEPARATOR), end -> end > 0,
                end -> name.lastIndexOf(MailboxNames.SEPARATOR, end - 1))
            .map(end -> name.substring(0, end));
    }
}

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

import org.apache.james.mailbox.model.MailboxConstants;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ListedMailbox;

/** A user's mailbox names and what LIST says of each. */
final class MailboxTree {
    /** Of mailboxes that are there, and what those of them are for of which it matters. */
    record Names(ImmutableSet<String> all, ImmutableMap<String, ImmutableList<String>> uses) {
        boolean areForSomething(String name) {
            return !of(name).isEmpty();
        }

        ImmutableList<String> of(String name) {
            return uses.getOrDefault(name, ImmutableList.of());
        }
    }

    /** One line of the answer. */
    record Entry(String name, boolean exists, ImmutableList<String> attributes, ImmutableList<String> childInfo) {
        DmapReply reply() {
            return new ListedMailbox(attributes, name, childInfo);
        }
    }

    private final Names mailboxes;
    private final ImmutableSet<String> subscribed;
    private final ImmutableSet<String> parents;

    MailboxTree(Names mailboxes, ImmutableSet<String> subscribed) {
        this.mailboxes = mailboxes;
        this.subscribed = subscribed;
        this.parents = mailboxes.all().stream().flatMap(MailboxTree::parents).collect(ImmutableSet.toImmutableSet());
    }

    /** What LIST answers, INBOX first. */
    ImmutableList<Entry> select(List.Request request) {
        TreeSet<String> names = new TreeSet<>(Comparator.comparing((String name) -> !name.equals(MailboxConstants.INBOX))
            .thenComparing(Comparator.naturalOrder()));
        names.addAll(mailboxes.all());
        if (request.selecting().contains(List.Selecting.SUBSCRIBED)) {
            // RFC 5258 section 3.1: also those that are no more. The notes on CREF13: the subscription is kept.
            names.addAll(subscribed);
        } else if (request.pattern().wantsLevels()) {
            names.addAll(parents);
        }
        ImmutableSet<String> above = above(names, request);
        names.addAll(above);
        return names.stream()
            .filter(request.pattern()::matches)
            .filter(name -> isSelected(name, request) || above.contains(name))
            .map(name -> entry(name, above.contains(name) ? criteria(request) : ImmutableList.of()))
            .collect(ImmutableList.toImmutableList());
    }

    /** RFC 5258 section 3.1, RECURSIVEMATCH: the names above those that the other options select, whatever the pattern. */
    private ImmutableSet<String> above(TreeSet<String> names, List.Request request) {
        return !request.selecting().contains(List.Selecting.RECURSIVEMATCH) ? ImmutableSet.of()
            : names.stream().filter(name -> isSelected(name, request)).flatMap(MailboxTree::parents).collect(ImmutableSet.toImmutableSet());
    }

    private boolean isSelected(String name, List.Request request) {
        return request.selecting().stream().allMatch(option -> switch (option) {
            case SUBSCRIBED -> subscribed.contains(name);
            case SPECIAL_USE -> mailboxes.areForSomething(name);
            case RECURSIVEMATCH -> true;
        });
    }

    private static ImmutableList<String> criteria(List.Request request) {
        return request.selecting().stream().filter(option -> option != List.Selecting.RECURSIVEMATCH)
            .map(List.Selecting::word)
            .collect(ImmutableList.toImmutableList());
    }

    private Entry entry(String name, ImmutableList<String> childInfo) {
        boolean exists = mailboxes.all().contains(name);
        ImmutableList.Builder<String> attributes = ImmutableList.builder();
        if (!exists) {
            attributes.add(parents.contains(name) ? "\\Noselect" : "\\NonExistent");
        }
        attributes.add(parents.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
        if (subscribed.contains(name)) {
            attributes.add("\\Subscribed");
        }
        attributes.addAll(mailboxes.of(name));
        return new Entry(name, exists, attributes.build(), childInfo);
    }

    private static Stream<String> parents(String name) {
        return Stream.iterate(name.lastIndexOf(MailboxNames.SEPARATOR), end -> end > 0,
                end -> name.lastIndexOf(MailboxNames.SEPARATOR, end - 1))
            .map(end -> name.substring(0, end));
    }
}

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

package io.jamesext.lemonade.imap.list;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxMetaData;

import io.jamesext.lemonade.imap.names.MailboxNames;

/** Chooses the names that a LIST tells of. RFC 3501 section 6.3.8, RFC 5258 sections 3 and 5. */
final class Listing {
    private static final Comparator<String> INBOX_FIRST = Comparator
        .comparing((String name) -> !name.equals(MailboxConstants.INBOX))
        .thenComparing(Comparator.naturalOrder());

    private final Map<String, MailboxMetaData> mailboxes;
    private final Set<String> subscribed;
    private final List<ListPattern> patterns;
    private final char delimiter;

    Listing(Map<String, MailboxMetaData> mailboxes, Set<String> subscribed, List<ListPattern> patterns, char delimiter) {
        this.mailboxes = mailboxes;
        this.subscribed = subscribed;
        this.patterns = patterns;
        this.delimiter = delimiter;
    }

    /** The names in their order, INBOX first. */
    List<Listed> names(ListOptions options) {
        Set<String> superiors = superiors(mailboxes.keySet());
        Set<String> aboveSubscribed = Set.of();
        TreeSet<String> chosen = new TreeSet<>(INBOX_FIRST);
        if (options.selects(ListSelection.SUBSCRIBED)) {
            subscribed.stream().filter(this::matches).forEach(chosen::add);
            if (options.selects(ListSelection.RECURSIVEMATCH)) {
                aboveSubscribed = superiors(subscribed);
                // RFC 5258 section 3.3, rule 2 B: a name that is not selected needs one below it that is, and that is not listed.
                superiors(subscribed.stream().filter(name -> !matches(name)).toList()).stream()
                    .filter(this::matches)
                    .forEach(chosen::add);
            }
        } else {
            mailboxes.keySet().stream().filter(this::isListed).forEach(chosen::add);
            superiors.stream().filter(this::isListedLevel).forEach(chosen::add);
        }
        Set<String> withChildInfo = aboveSubscribed;
        return chosen.stream()
            .map(name -> new Listed(name, Optional.ofNullable(mailboxes.get(name)), subscribed.contains(name), superiors.contains(name),
                withChildInfo.contains(name)))
            .toList();
    }

    /** The names that LSUB tells of, each with whether it is subscribed; the others have subscribed ones below them. */
    List<Listed> subscribedNames() {
        TreeSet<String> chosen = new TreeSet<>(INBOX_FIRST);
        subscribed.stream().filter(this::matches).forEach(chosen::add);
        // RFC 3501 section 6.3.9: "LSUB "" %" tells of foo with \Noselect where foo.bar is subscribed.
        superiors(subscribed).stream().filter(this::matchesAsLevel).forEach(chosen::add);
        return chosen.stream()
            .map(name -> new Listed(name, Optional.empty(), subscribed.contains(name), false, false))
            .toList();
    }

    private boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private boolean matchesAsLevel(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matchesLevels() && pattern.matches(name));
    }

    /** Other users' mailboxes are listed only to those who ask for their namespace; RFC 2342 section 4 tells them how. */
    private boolean isListed(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.inNamespace() == name.startsWith(MailboxNames.NAMESPACE)
            && pattern.matches(name));
    }

    private boolean isListedLevel(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matchesLevels()
            && pattern.inNamespace() == name.startsWith(MailboxNames.NAMESPACE) && pattern.matches(name));
    }

    /** All names above these. */
    private Set<String> superiors(Iterable<String> names) {
        Set<String> superiors = new HashSet<>();
        for (String name : names) {
            int end = name.lastIndexOf(delimiter);
            // Where a name is known, those above it are.
            while (end > 0 && superiors.add(name.substring(0, end))) {
                end = name.lastIndexOf(delimiter, end - 1);
            }
        }
        return superiors;
    }
}

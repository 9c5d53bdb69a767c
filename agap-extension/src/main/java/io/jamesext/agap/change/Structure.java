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

import static java.util.function.Function.identity;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.mailbox.model.Mailbox;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;

/**
 * How the folders that are there differ from those that are known. AGAP section 2.6: a folder changes when a direct subfolder comes, goes
 * or is called otherwise, and not when it is moved together with its parent.
 *
 * @param added folders that are not known
 * @param renamed folders that are known under another name
 * @param removed what is known and not there
 * @param parents known folders with other direct subfolders than before
 * @param root true when the root has others
 * @param left the names that known folders have no more, with their seeds
 * @param seeds of the known folders by identifier
 */
record Structure(ImmutableList<Mailbox> added, ImmutableList<Mailbox> renamed, ImmutableList<FolderRow> removed,
    ImmutableList<Mailbox> parents, boolean root, ImmutableMap<String, Long> left, ImmutableMap<String, Long> seeds) {
    private static final String ROOT = "";

    /**
     * Where a folder is.
     *
     * @param parent the identifier of the mailbox that it is in; none can be that is there when the name begins with a question mark
     * @param leaf its own name in it
     */
    private record Place(String parent, String leaf) {
    }

    static Structure of(List<Mailbox> there, List<FolderRow> known, char delimiter) {
        Map<String, Mailbox> mailboxes = there.stream().collect(Collectors.toMap(Structure::id, identity(), (one, same) -> one));
        Map<String, String> names = known.stream().collect(Collectors.toMap(FolderRow::mailbox, FolderRow::name));
        Map<String, String> newNames = there.stream().collect(Collectors.toMap(Structure::id, Mailbox::getName, (one, same) -> one));
        Set<String> parents = changedParents(
            places(known.stream().collect(Collectors.toMap(FolderRow::name, FolderRow::mailbox, (one, same) -> one)), delimiter),
            places(there.stream().collect(Collectors.toMap(Mailbox::getName, Structure::id, (one, same) -> one)), delimiter));
        return new Structure(
            select(mailboxes.values(), mailbox -> !names.containsKey(id(mailbox))),
            select(mailboxes.values(), mailbox -> !names.getOrDefault(id(mailbox), mailbox.getName()).equals(mailbox.getName())),
            known.stream().filter(row -> !mailboxes.containsKey(row.mailbox())).collect(ImmutableList.toImmutableList()),
            select(mailboxes.values(), mailbox -> names.containsKey(id(mailbox)) && parents.contains(id(mailbox))),
            parents.contains(ROOT),
            known.stream().filter(row -> !row.name().equals(newNames.get(row.mailbox())))
                .collect(ImmutableMap.toImmutableMap(FolderRow::name, FolderRow::seed, Math::max)),
            known.stream().collect(ImmutableMap.toImmutableMap(FolderRow::mailbox, FolderRow::seed)));
    }

    static String id(Mailbox mailbox) {
        return mailbox.getMailboxId().serialize();
    }

    private static ImmutableList<Mailbox> select(Collection<Mailbox> mailboxes, Predicate<Mailbox> wanted) {
        return mailboxes.stream().filter(wanted).collect(ImmutableList.toImmutableList());
    }

    /** By identifier. */
    private static Map<String, Place> places(Map<String, String> idsByName, char delimiter) {
        return idsByName.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, entry -> {
            String name = entry.getKey();
            int end = name.lastIndexOf(delimiter);
            String above = end < 0 ? "" : name.substring(0, end);
            return new Place(end < 0 ? ROOT : idsByName.getOrDefault(above, "?" + above), name.substring(end + 1));
        }));
    }

    private static Set<String> changedParents(Map<String, Place> before, Map<String, Place> after) {
        return Sets.union(before.keySet(), after.keySet()).stream()
            .filter(id -> !Objects.equals(before.get(id), after.get(id)))
            .flatMap(id -> Stream.of(before, after).flatMap(places -> Stream.ofNullable(places.get(id))))
            .map(Place::parent)
            .collect(Collectors.toCollection(HashSet::new));
    }

    boolean isUnchanged() {
        return added.isEmpty() && renamed.isEmpty() && removed.isEmpty() && parents.isEmpty() && !root;
    }
}

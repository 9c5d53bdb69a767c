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
package io.jamesext.ximss.folder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;

import io.jamesext.ximss.mail.MessageFlags;

/**
 * The frozen view of a folder: which messages there are, in which order, with which flags, as the client was last told. XIMSS,
 * "Mailbox Operations": indexes begin at 0, and nothing changes until folderSync. Knows nothing of James; one operation at a
 * time uses it.
 */
public final class FolderView {
    /**
     * A message in the view.
     *
     * @param uid its UID
     * @param key what it is sorted by
     * @param flags its flags
     */
    public record Item(long uid, SortKey key, MessageFlags flags) {
    }

    /** What happened to the message. */
    public enum Kind { REMOVED, ADDED, UPDATED }

    /**
     * One step from the view before a sync to the view after it. The client makes the same steps in the same order.
     *
     * @param kind what happened
     * @param index where, at this step
     * @param item the message: as it was for REMOVED, as it is otherwise
     * @param messages how many there are after this step
     * @param unseen how many of them are not Seen after this step
     */
    public record Change(Kind kind, int index, Item item, int messages, int unseen) {
    }

    private final Comparator<Item> order;
    private final List<Item> items = new ArrayList<>();
    /** Made when it is first needed, for it is larger than all the rest and most folders are only looked at. */
    private final Supplier<Map<Long, Item>> byUid = Suppliers.memoize(this::mapped);
    private int unseen;

    /**
     * @param descending true to reverse the order
     * @param messages the first content, in any order
     */
    public FolderView(boolean descending, Collection<Item> messages) {
        // Equal keys are told apart by the UID, so that every message has exactly one place.
        Comparator<Item> ascending = (one, other) -> {
            int byKey = one.key.compareTo(other.key);
            return byKey == 0 ? Long.compare(one.uid, other.uid) : byKey;
        };
        this.order = descending ? ascending.reversed() : ascending;
        items.addAll(messages);
        items.sort(order);
        unseen = (int) items.stream().filter(item -> item.flags.isUnseen()).count();
    }

    /** How many messages there are. */
    public int size() {
        return items.size();
    }

    /** How many messages are not Seen. */
    public int unseen() {
        return unseen;
    }

    /** The message at an index below {@link #size()}. */
    public Item at(int index) {
        return items.get(index);
    }

    /** The message of a UID, if it is in the view. */
    public Optional<Item> find(long uid) {
        return Optional.ofNullable(byUid.get().get(uid));
    }

    /** The place of the message of a UID, if it is in the view. */
    public OptionalInt index(long uid) {
        return find(uid).map(item -> OptionalInt.of(Collections.binarySearch(items, item, order))).orElseGet(OptionalInt::empty);
    }

    /** All UIDs of the view. */
    public Set<Long> uids() {
        return Collections.unmodifiableSet(byUid.get().keySet());
    }

    /**
     * Brings the view up to date: first what went, from the end, then what came, from the beginning, then what changed in its
     * place. So every index is true at its step, and the client needs nothing but the indexes.
     *
     * @param touched the UIDs that something happened to
     * @param present those of them that belong into the view now, by UID
     */
    public List<Change> sync(Set<Long> touched, Map<Long, Item> present) {
        List<Item> gone = new ArrayList<>();
        List<Item> come = new ArrayList<>();
        List<Item> changed = new ArrayList<>();
        Map<Long, Item> known = byUid.get();
        for (long uid : touched) {
            Item before = known.get(uid);
            Item now = present.get(uid);
            boolean stays = before != null && now != null && before.key().equals(now.key());
            if (before != null && !stays) {
                gone.add(before);
            }
            if (now != null && !stays) {
                come.add(now);
            } else if (now != null && before != null && !before.flags().equals(now.flags())) {
                changed.add(now);
            }
        }
        gone.sort(order.reversed());
        come.sort(order);
        changed.sort(order);
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        gone.forEach(item -> changes.add(remove(item)));
        come.forEach(item -> changes.add(add(item)));
        changed.forEach(item -> changes.add(update(item)));
        return changes.build();
    }

    private Change remove(Item item) {
        int index = Collections.binarySearch(items, item, order);
        items.remove(index);
        discount(item);
        return change(Kind.REMOVED, index, item);
    }

    private Change add(Item item) {
        int index = -Collections.binarySearch(items, item, order) - 1;
        items.add(index, item);
        count(item);
        return change(Kind.ADDED, index, item);
    }

    private Change update(Item item) {
        int index = Collections.binarySearch(items, item, order);
        discount(items.set(index, item));
        count(item);
        return change(Kind.UPDATED, index, item);
    }

    private Change change(Kind kind, int index, Item item) {
        return new Change(kind, index, item, items.size(), unseen);
    }

    private Map<Long, Item> mapped() {
        Map<Long, Item> mapped = Maps.newHashMapWithExpectedSize(items.size());
        items.forEach(item -> mapped.put(item.uid, item));
        return mapped;
    }

    private void count(Item item) {
        byUid.get().put(item.uid(), item);
        unseen += item.flags().isUnseen() ? 1 : 0;
    }

    private void discount(Item item) {
        byUid.get().remove(item.uid());
        unseen -= item.flags().isUnseen() ? 1 : 0;
    }
}

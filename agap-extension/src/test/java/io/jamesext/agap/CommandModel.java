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
package io.jamesext.agap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an account should hold after some commands: a model so simple that it can be seen to be right. */
final class CommandModel {
    private static final String ROOT = "/T";

    /** An item, known by its subject. Its UID is empty until the store has told it. */
    record Item(String uid, String subject, TreeSet<String> tags) {
        Item copy() {
            return new Item("", subject, new TreeSet<>(tags));
        }
    }

    private final TreeMap<String, String> types = new TreeMap<>(Map.of(ROOT, "MESG"));
    private final Map<String, List<Item>> items = new HashMap<>(Map.of(ROOT, new ArrayList<>()));
    private final Random random;

    CommandModel(Random random) {
        this.random = random;
    }

    Collection<String> folders() {
        return types.keySet();
    }

    boolean has(String folder) {
        return types.containsKey(folder);
    }

    String type(String folder) {
        return Objects.requireNonNull(types.get(folder));
    }

    List<Item> items(String folder) {
        return Objects.requireNonNull(items.get(folder));
    }

    String anyFolder() {
        return any(new ArrayList<>(types.keySet()));
    }

    <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    void make(String folder, String type) {
        types.put(folder, type);
        items.put(folder, new ArrayList<>());
    }

    void rename(String from, String to) {
        for (String folder : List.copyOf(types.keySet())) {
            if (isIn(folder, from)) {
                String name = to + folder.substring(from.length());
                types.put(name, types.remove(folder));
                items.put(name, items.remove(folder));
            }
        }
    }

    void delete(String folder) {
        types.keySet().removeIf(one -> isIn(one, folder));
        items.keySet().removeIf(one -> isIn(one, folder));
    }

    private static boolean isIn(String folder, String ancestor) {
        return folder.equals(ancestor) || folder.startsWith(ancestor + "/");
    }

    void store(String folder, Item item) {
        items(folder).add(item);
    }

    void copy(String from, String to, Predicate<Item> which) {
        items(to).addAll(matching(from, which).stream().map(Item::copy).toList());
    }

    void remove(String folder, Predicate<Item> which) {
        items(folder).removeIf(which);
    }

    List<Item> matching(String folder, Predicate<Item> which) {
        return items(folder).stream().filter(which).collect(Collectors.toList());
    }

    /** What AGAP section 4.2 says that a tag list does. */
    static void tag(Item item, String action, List<String> tags) {
        if (action.equals("=")) {
            item.tags.clear();
        }
        for (String tag : tags) {
            String name = tag.replaceFirst("=.*", "");
            if (!action.equals("-") || tag.equals(name) || item.tags.contains(tag)) {
                item.tags.removeIf(old -> old.equals(name) || old.startsWith(name + "="));
            }
            if (!action.equals("-")) {
                item.tags.add(tag);
            }
        }
    }

    /** The store has these items now, in the order of their UIDs: those that have no UID yet must be the last, in their order. */
    void stored(String folder, List<String> uids) {
        List<Item> all = items(folder);
        for (int i = 0; i < all.size() && i < uids.size(); i++) {
            if (all.get(i).uid.isEmpty()) {
                all.set(i, new Item(uids.get(i), all.get(i).subject, all.get(i).tags));
            }
        }
    }
}

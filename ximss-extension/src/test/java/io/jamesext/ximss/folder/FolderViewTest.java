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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableSet;

import io.jamesext.ximss.folder.FolderView.Change;
import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.folder.FolderView.Kind;
import io.jamesext.ximss.mail.MessageFlags;

/** The view against a naive model: a mailbox that is sorted anew each time, and a client that does what it is told. */
class FolderViewTest {
    private static final int ROUNDS = 300;

    private final Map<Long, Item> mailbox = new TreeMap<>();
    private final Set<Long> touched = new HashSet<>();
    private long nextUid = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void replicaShouldEqualTheSortedMailboxAfterEachSync(long seed) {
        Random random = new Random(seed);
        boolean descending = random.nextBoolean();
        for (int i = random.nextInt(50); i > 0; i--) {
            append(random);
        }
        touched.clear();
        FolderView view = new FolderView(descending, mailbox.values());
        List<Item> replica = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            replica.add(view.at(i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(8); i > 0; i--) {
                change(random);
            }
            Map<Long, Item> present = new TreeMap<>(mailbox);
            present.keySet().retainAll(touched);
            follow(replica, view.sync(touched, present), seed);
            touched.clear();
            check(view, replica, descending, seed);
        }
    }

    private void change(Random random) {
        int what = mailbox.isEmpty() ? 0 : random.nextInt(4);
        if (what == 0) {
            append(random);
            return;
        }
        Item old = new ArrayList<>(mailbox.values()).get(random.nextInt(mailbox.size()));
        touched.add(old.uid());
        switch (what) {
            case 1 -> mailbox.remove(old.uid());
            case 2 -> mailbox.put(old.uid(), new Item(old.uid(), old.key(), flags(random)));
            // As when a folder is sorted by FLAGS: the message moves.
            default -> mailbox.put(old.uid(), new Item(old.uid(), SortKey.of(random.nextInt(10)), flags(random)));
        }
    }

    private void append(Random random) {
        mailbox.put(nextUid, new Item(nextUid, SortKey.of(random.nextInt(10)), flags(random)));
        touched.add(nextUid++);
    }

    private static MessageFlags flags(Random random) {
        return new MessageFlags(random.nextBoolean() ? ImmutableSet.of("Seen") : ImmutableSet.of());
    }

    /** What a client does, by the words of the specification. */
    private static void follow(List<Item> replica, List<Change> changes, long seed) {
        Kind last = Kind.REMOVED;
        for (Change change : changes) {
            assertThat(change.kind()).as("seed %d", seed).isGreaterThanOrEqualTo(last);
            last = change.kind();
            switch (change.kind()) {
                case REMOVED -> assertThat(replica.remove(change.index()).uid()).as("seed %d", seed).isEqualTo(change.item().uid());
                case ADDED -> replica.add(change.index(), change.item());
                case UPDATED -> assertThat(replica.set(change.index(), change.item()).uid()).as("seed %d", seed)
                    .isEqualTo(change.item().uid());
            }
            assertThat(change.messages()).as("seed %d", seed).isEqualTo(replica.size());
            assertThat(change.unseen()).as("seed %d", seed)
                .isEqualTo((int) replica.stream().filter(item -> item.flags().isUnseen()).count());
        }
    }

    private void check(FolderView view, List<Item> replica, boolean descending, long seed) {
        Comparator<Item> order = Comparator.comparing(Item::key).thenComparing(Item::uid);
        List<Item> expected = mailbox.values().stream().sorted(descending ? order.reversed() : order).toList();
        assertThat(replica).as("seed %d", seed).isEqualTo(expected);
        assertThat(view.size()).as("seed %d", seed).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(view.at(i)).as("seed %d", seed).isEqualTo(expected.get(i));
        }
    }
}

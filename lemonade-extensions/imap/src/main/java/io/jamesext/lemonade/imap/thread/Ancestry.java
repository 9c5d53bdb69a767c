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

package io.jamesext.lemonade.imap.thread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jamesext.lemonade.imap.sort.Links;
import io.jamesext.lemonade.imap.sort.MessageRow;

/** Steps 1 to 3 of THREAD=REFERENCES: who is whose parent. RFC 5256, THREAD. */
final class Ancestry {
    /** Of all messages together: what of a thread is held at a time. */
    private static final int MAX_REFERENCES = 1_000_000;

    private final List<MessageRow> messages;
    /** The messages are its first nodes; those behind them are dummies. */
    private final Forest forest = new Forest();
    private final Map<Long, Integer> byId;
    /** Of a dummy where its children go, once that is known. */
    private int[] places = {};

    private Ancestry(List<MessageRow> messages) {
        this.messages = messages;
        this.byId = new HashMap<>(2 * messages.size());
    }

    /**
     * The children of the root, not sorted.
     *
     * @param messages in the order of the mailbox
     */
    static List<ThreadNode> roots(List<MessageRow> messages) {
        Ancestry ancestry = new Ancestry(messages);
        ancestry.link();
        return ancestry.pruned();
    }

    /** Step 1. */
    private void link() {
        int limit = Math.max(1, MAX_REFERENCES / Math.max(1, messages.size()));
        for (MessageRow message : messages) {
            int node = forest.add();
            long id = message.values().links().id();
            if (id != Links.NO_ID) {
                // A second message with the same Message-ID goes without.
                byId.putIfAbsent(id, node);
            }
        }
        for (int node = 0; node < messages.size(); node++) {
            link(node, messages.get(node).values().links().references(limit));
        }
    }

    private void link(int message, long[] references) {
        int parent = Forest.NONE;
        for (long reference : references) {
            int next = byId.computeIfAbsent(reference, unknown -> forest.add());
            // Step 1.A: the field may have been cut, so an older link stays.
            if (parent != Forest.NONE && forest.parent(next) == Forest.NONE) {
                forest.link(parent, next);
            }
            parent = next;
        }
        // Step 1.B: what the message itself says of its parent is true.
        if (forest.parent(message) != parent) {
            forest.cut(message);
            if (parent != Forest.NONE) {
                forest.link(parent, message);
            }
        }
    }

    /**
     * Steps 2 and 3. Without the dummies below it, the children of each message are those messages between which and it there are only
     * dummies. A dummy stays where it is the root of several messages.
     */
    private List<ThreadNode> pruned() {
        places = new int[forest.size()];
        Arrays.fill(places, Forest.NONE);
        ThreadNode[] nodes = new ThreadNode[forest.size()];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = node < messages.size() ? ThreadNode.of(messages.get(node)) : ThreadNode.dummy();
        }
        List<ThreadNode> roots = new ArrayList<>();
        for (int node = 0; node < messages.size(); node++) {
            if (forest.parent(node) == Forest.NONE) {
                roots.add(nodes[node]);
            } else {
                nodes[place(forest.parent(node))].add(nodes[node]);
            }
        }
        for (int node = messages.size(); node < nodes.length; node++) {
            List<ThreadNode> children = nodes[node].children();
            if (children.size() == 1) {
                roots.add(children.get(0));
            } else if (children.size() > 1) {
                roots.add(nodes[node]);
            }
        }
        return roots;
    }

    /** The nearest message from there upwards, or the dummy that is the root. */
    private int place(int from) {
        int found = from;
        while (found >= messages.size() && places[found] == Forest.NONE && forest.parent(found) != Forest.NONE) {
            found = forest.parent(found);
        }
        if (found >= messages.size() && places[found] != Forest.NONE) {
            found = places[found];
        }
        for (int at = from; at != found && at >= messages.size() && places[at] == Forest.NONE; at = forest.parent(at)) {
            places[at] = found;
        }
        return found;
    }
}

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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.jamesext.lemonade.imap.sort.MessageRow;

/** THREAD=REFERENCES. RFC 5256, THREAD. */
final class References {
    /** The root's children; those that were merged into others are taken out at the end. */
    private final List<ThreadNode> roots;
    private final Map<ThreadNode, Boolean> merged = new IdentityHashMap<>();
    private final Map<String, ThreadNode> subjects = new HashMap<>();

    private References(List<ThreadNode> roots) {
        this.roots = roots;
    }

    static List<ThreadNode> threads(List<MessageRow> messages) {
        List<ThreadNode> roots = Ancestry.roots(messages);
        // Step 4.
        sortDummies(roots);
        ThreadNode.sort(roots);
        List<ThreadNode> threads = new References(roots).gathered();
        // Step 6. Which siblings come first matters only to dummies, which have no dummies below them.
        sortBelow(threads);
        ThreadNode.sort(threads);
        return threads;
    }

    private static void sortDummies(List<ThreadNode> roots) {
        roots.stream().filter(ThreadNode::isDummy).forEach(ThreadNode::sortChildren);
    }

    private static void sortBelow(List<ThreadNode> roots) {
        Deque<ThreadNode> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            ThreadNode node = open.pop();
            node.sortChildren();
            node.children().forEach(open::push);
        }
    }

    /** Step 5. */
    private List<ThreadNode> gathered() {
        roots.forEach(this::enter);
        List<ThreadNode> threads = new ArrayList<>(roots);
        for (ThreadNode node : roots) {
            ThreadNode table = subjects.get(subject(node));
            if (table != null && table != node) {
                merge(node, table, threads);
            }
        }
        threads.removeIf(merged::containsKey);
        return threads;
    }

    /** Step 5.B.i: the thread subject. */
    private static String subject(ThreadNode node) {
        return node.first().values().subject().key();
    }

    private static boolean isReply(ThreadNode message) {
        return message.first().values().subject().replyOrForward();
    }

    /** Steps 5.B.ii to 5.B.iv. */
    private void enter(ThreadNode node) {
        String subject = subject(node);
        if (subject.isEmpty()) {
            return;
        }
        ThreadNode table = subjects.putIfAbsent(subject, node);
        if (table != null && !table.isDummy() && (node.isDummy() || isReply(table) && !isReply(node))) {
            subjects.put(subject, node);
        }
    }

    /** Step 5.C: merges a thread with the one in the table. */
    private void merge(ThreadNode node, ThreadNode table, List<ThreadNode> threads) {
        merged.put(node, true);
        if (table.isDummy() && node.isDummy()) {
            node.children().forEach(table::add);
        } else if (table.isDummy() || isReply(node) && !isReply(table)) {
            table.add(node);
        } else {
            ThreadNode both = ThreadNode.dummy();
            both.add(table);
            both.add(node);
            merged.put(table, true);
            subjects.put(subject(table), both);
            threads.add(both);
        }
    }
}

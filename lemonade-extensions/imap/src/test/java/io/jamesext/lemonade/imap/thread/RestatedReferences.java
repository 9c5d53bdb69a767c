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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.jamesext.lemonade.imap.sort.Links;
import io.jamesext.lemonade.imap.sort.MessageRow;

/** THREAD=REFERENCES word by word, RFC 5256, as slow as it is and for small mailboxes. */
final class RestatedReferences {
    private static final Comparator<Node> BY_SENT = Comparator.comparing((Node node) -> node.thread().sent())
        .thenComparing(node -> node.thread().uid());

    private final Map<Long, Node> byId = new LinkedHashMap<>();
    private final List<Node> all = new ArrayList<>();
    private final Map<String, Node> table = new HashMap<>();
    private List<Node> root = new ArrayList<>();

    private static final class Node {
        final @Nullable MessageRow message;
        @Nullable Node parent;
        List<Node> children = new ArrayList<>();

        Node(@Nullable MessageRow message) {
            this.message = message;
        }

        MessageRow thread() {
            return message == null ? Objects.requireNonNull(children.get(0).message) : message;
        }

        boolean isReply() {
            return message != null && message.values().subject().replyOrForward();
        }

        boolean isBelow(Node other) {
            return this == other || parent != null && parent.isBelow(other);
        }

        String text() {
            String own = message == null ? "" : Long.toString(message.uid());
            String below = children.size() == 1 ? children.get(0).text()
                : children.stream().map(child -> "(" + child.text() + ")").collect(Collectors.joining());
            return own + (own.isEmpty() || below.isEmpty() ? "" : " ") + below;
        }
    }

    private RestatedReferences() {
    }

    static String of(List<MessageRow> messages) {
        RestatedReferences threads = new RestatedReferences();
        threads.step1(messages);
        threads.step2();
        threads.root = prune(threads.root, true);
        threads.root.stream().filter(node -> node.message == null).forEach(node -> node.children.sort(BY_SENT));
        threads.root.sort(BY_SENT);
        threads.step5();
        threads.root.forEach(RestatedReferences::sort);
        threads.root.sort(BY_SENT);
        return threads.root.stream().map(node -> "(" + node.text() + ")").collect(Collectors.joining());
    }

    private void step1(List<MessageRow> messages) {
        for (MessageRow message : messages) {
            Node node = new Node(message);
            all.add(node);
            if (message.values().links().id() != Links.NO_ID) {
                byId.putIfAbsent(message.values().links().id(), node);
            }
        }
        for (int i = 0; i < messages.size(); i++) {
            Node last = null;
            for (long id : messages.get(i).values().links().references(Integer.MAX_VALUE)) {
                Node next = byId.get(id);
                if (next == null) {
                    next = new Node(null);
                    all.add(next);
                    byId.put(id, next);
                }
                if (last != null && next.parent == null && !last.isBelow(next)) {
                    next.parent = last;
                }
                last = next;
            }
            Node node = all.get(i);
            if (node.parent != last) {
                node.parent = null;
                if (last != null && !last.isBelow(node)) {
                    node.parent = last;
                }
            }
        }
    }

    private void step2() {
        for (Node node : all) {
            (node.parent == null ? root : node.parent.children).add(node);
        }
    }

    private static List<Node> prune(List<Node> siblings, boolean atRoot) {
        List<Node> kept = new ArrayList<>();
        for (Node node : siblings) {
            node.children = prune(node.children, false);
            if (node.message != null || atRoot && node.children.size() > 1) {
                kept.add(node);
            } else {
                kept.addAll(node.children);
            }
        }
        return kept;
    }

    private void step5() {
        for (Node node : root) {
            String subject = node.thread().values().subject().key();
            if (subject.isEmpty()) {
                continue;
            }
            Node there = table.get(subject);
            if (there == null || there.message != null && (node.message == null || there.isReply() && !node.isReply())) {
                table.put(subject, node);
            }
        }
        for (Node node : List.copyOf(root)) {
            Node there = table.get(node.thread().values().subject().key());
            if (there == null || there == node) {
                continue;
            }
            root.remove(node);
            if (there.message == null && node.message == null) {
                there.children.addAll(node.children);
            } else if (there.message == null || node.isReply() && !there.isReply()) {
                there.children.add(node);
            } else {
                Node dummy = new Node(null);
                dummy.children.add(there);
                dummy.children.add(node);
                table.put(there.thread().values().subject().key(), dummy);
                root.set(root.indexOf(there), dummy);
            }
        }
    }

    private static void sort(Node node) {
        node.children.forEach(RestatedReferences::sort);
        node.children.sort(BY_SENT);
    }
}

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
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.jamesext.lemonade.imap.sort.MessageRow;

/** A message in its thread, or a dummy, which has children. */
final class ThreadNode {
    /** RFC 5256 section 2.2: by sent date, and of the same sent date by the order in the mailbox. */
    static final Comparator<MessageRow> BY_SENT = Comparator.comparingLong(MessageRow::sent).thenComparingLong(MessageRow::uid);

    private final @Nullable MessageRow message;
    private List<ThreadNode> children = List.of();

    private ThreadNode(@Nullable MessageRow message) {
        this.message = message;
    }

    static ThreadNode of(MessageRow message) {
        return new ThreadNode(message);
    }

    /** RFC 5256, THREAD: "dummy". */
    static ThreadNode dummy() {
        return new ThreadNode(null);
    }

    boolean isDummy() {
        return message == null;
    }

    @Nullable MessageRow message() {
        return message;
    }

    /** The message, or the first child of a dummy: it stands for the dummy. */
    MessageRow first() {
        return message == null ? Objects.requireNonNull(children.get(0).message) : message;
    }

    List<ThreadNode> children() {
        return children;
    }

    void add(ThreadNode child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(2);
        }
        children.add(child);
    }

    void sortChildren() {
        sort(children);
    }

    /** Sorts siblings; the children of dummies among them are sorted already. */
    static void sort(List<ThreadNode> siblings) {
        if (siblings.size() > 1) {
            siblings.sort(Comparator.comparing(ThreadNode::first, BY_SENT));
        }
    }
}

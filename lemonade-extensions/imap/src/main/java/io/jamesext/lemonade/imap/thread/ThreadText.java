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
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

import io.jamesext.lemonade.imap.sort.MessageRow;

/**
 * Writes threads. RFC 5256 section 5:
 *
 * <pre>
 * thread-list    = "(" (thread-members / thread-nested) ")"
 * thread-members = nz-number *(SP nz-number) [SP thread-nested]
 * thread-nested  = 2*thread-list
 * </pre>
 */
final class ThreadText {
    private final ToLongFunction<MessageRow> numbers;
    private final StringBuilder text = new StringBuilder();
    /** What is still to be written, from the end to the beginning; a list without a node is the end of one. */
    private final Deque<List<ThreadNode>> open = new ArrayDeque<>();

    private ThreadText(ToLongFunction<MessageRow> numbers) {
        this.numbers = numbers;
    }

    /**
     * {@code 1*thread-list}, or nothing.
     *
     * @param numbers the message number or UID of each
     */
    static String of(List<ThreadNode> threads, ToLongFunction<MessageRow> numbers) {
        ThreadText text = new ThreadText(numbers);
        text.push(threads);
        while (!text.open.isEmpty()) {
            text.write(text.open.pop());
        }
        return text.text.toString();
    }

    private void push(List<ThreadNode> lists) {
        for (int at = lists.size() - 1; at >= 0; at--) {
            open.push(List.of(lists.get(at)));
        }
    }

    private void write(List<ThreadNode> list) {
        if (list.isEmpty()) {
            text.append(')');
            return;
        }
        text.append('(');
        ThreadNode node = list.get(0);
        String space = "";
        while (true) {
            MessageRow message = node.message();
            if (message != null) {
                text.append(space).append(numbers.applyAsLong(message));
                space = " ";
            }
            if (node.children().size() != 1) {
                break;
            }
            node = node.children().get(0);
        }
        if (!node.children().isEmpty()) {
            text.append(space);
        }
        open.push(List.of());
        push(node.children());
    }
}

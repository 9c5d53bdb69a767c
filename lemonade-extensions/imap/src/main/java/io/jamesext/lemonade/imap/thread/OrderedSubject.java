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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jamesext.lemonade.imap.sort.MessageRow;

/** THREAD=ORDEREDSUBJECT: "poor man's threading". RFC 5256, THREAD. */
final class OrderedSubject {
    private OrderedSubject() {
    }

    /** A thread for each base subject, the empty one too: its first message and, as children of that, all others. */
    static List<ThreadNode> threads(List<MessageRow> messages) {
        Map<String, ThreadNode> bySubject = new HashMap<>();
        List<ThreadNode> threads = new ArrayList<>();
        // In the order of sent dates the first messages of the threads come sorted, and so do the others of each thread.
        messages.stream().sorted(ThreadNode.BY_SENT).forEach(message -> {
            ThreadNode node = ThreadNode.of(message);
            ThreadNode first = bySubject.putIfAbsent(message.values().subject().key(), node);
            if (first == null) {
                threads.add(node);
            } else {
                first.add(node);
            }
        });
        return threads;
    }
}

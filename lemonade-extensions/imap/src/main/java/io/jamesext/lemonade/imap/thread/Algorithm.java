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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import io.jamesext.lemonade.imap.sort.MessageRow;

/** {@code thread-alg}, RFC 5256 section 5. */
public enum Algorithm {
    ORDEREDSUBJECT(OrderedSubject::threads),
    REFERENCES(References::threads);

    private final Function<List<MessageRow>, List<ThreadNode>> threads;

    Algorithm(Function<List<MessageRow>, List<ThreadNode>> threads) {
        this.threads = threads;
    }

    static Optional<Algorithm> named(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(algorithm -> algorithm.name().equals(capitals)).findFirst();
    }

    /**
     * The threads of these messages.
     *
     * @param messages in the order of the mailbox
     */
    List<ThreadNode> threads(List<MessageRow> messages) {
        return threads.apply(messages);
    }
}

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
package io.jamesext.lemonade.imap.notify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notes that wait for a client: in order, one of each key, and bounded. Safe from any thread. */
final class Notes {
    /** So much may wait for a client that does not read; most notes count as one. */
    static final int MAX_WAITING = 1000;

    private final Map<Object, Note> waiting = new LinkedHashMap<>();
    private int size;
    private boolean lost;

    synchronized void add(Note note) {
        if (lost) {
            return;
        }
        Note earlier = waiting.get(note.key());
        Note now = earlier == null ? note : note.after(earlier);
        waiting.put(note.key(), now);
        size += now.size() - (earlier == null ? 0 : earlier.size());
        if (size > MAX_WAITING) {
            lose();
        }
    }

    /** Drops all, and takes no more: the client can only begin anew. */
    synchronized void lose() {
        waiting.clear();
        size = 0;
        lost = true;
    }

    /** Whether some were dropped. */
    synchronized boolean lost() {
        return lost;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The first of them, at most so many. */
    synchronized List<Note> take(int most) {
        List<Note> taken = waiting.values().stream().limit(most).toList();
        taken.forEach(note -> waiting.remove(note.key()));
        size -= taken.stream().mapToInt(Note::size).sum();
        return taken;
    }
}

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

import com.google.common.collect.ImmutableList;

/** The notes that wait for a client: in order, one of each key, and bounded. Safe from any thread. */
final class Notes {
    /** So many different ones may wait for a client that does not read. */
    static final int MAX_WAITING = 1000;

    private final Map<Object, Note> waiting = new LinkedHashMap<>();
    private boolean lost;

    synchronized void add(Note note) {
        if (lost) {
            return;
        }
        if (waiting.size() >= MAX_WAITING && !waiting.containsKey(note.key())) {
            lose();
            return;
        }
        waiting.merge(note.key(), note, (earlier, later) -> later.after(earlier));
    }

    /** Drops all, and takes no more: the client can only begin anew. */
    synchronized void lose() {
        waiting.clear();
        lost = true;
    }

    /** Whether some were dropped. */
    synchronized boolean lost() {
        return lost;
    }

    synchronized List<Note> take() {
        List<Note> taken = ImmutableList.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }
}

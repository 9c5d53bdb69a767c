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
package io.jamesext.lemonade.imap.search;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.jamesext.lemonade.imap.search.SearchKey.TextKey;

/** Looks for many strings at once in text that is read piece by piece. */
final class FoldedText {
    private static final int PIECE = 8192;

    private final Map<TextKey, Needle> wanted;
    private final Set<TextKey> found;

    /**
     * Looks for strings.
     *
     * @param found gets the keys whose strings were found, here or elsewhere
     */
    FoldedText(Map<TextKey, Needle> wanted, Set<TextKey> found) {
        this.wanted = wanted;
        this.found = found;
    }

    boolean isDone() {
        return found.containsAll(wanted.keySet());
    }

    /** Looks in all of that text; ends with an {@link InterruptedIOException} when nobody wants to know it any more. */
    void read(Reader text) throws IOException {
        char[] piece = new char[PIECE];
        Map<TextKey, Integer> met = new HashMap<>();
        int held = 0;
        for (int read = text.read(piece, held, PIECE - held); read >= 0 && !isDone(); read = text.read(piece, held, PIECE - held)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            int length = held + read;
            // Half a sign waits for its other half.
            held = length > 0 && Character.isHighSurrogate(piece[length - 1]) ? 1 : 0;
            look(Casemap.fold(new String(piece, 0, length - held)), met);
            piece[0] = length == 0 ? 0 : piece[length - 1];
        }
    }

    /** Looks in a text that is there as a whole. */
    void look(CharSequence folded) {
        look(folded, new HashMap<>());
    }

    private void look(CharSequence folded, Map<TextKey, Integer> met) {
        wanted.forEach((key, needle) -> {
            if (!found.contains(key)) {
                int now = needle.feed(folded, met.getOrDefault(key, 0));
                met.put(key, now);
                if (needle.isFound(now)) {
                    found.add(key);
                }
            }
        });
    }
}

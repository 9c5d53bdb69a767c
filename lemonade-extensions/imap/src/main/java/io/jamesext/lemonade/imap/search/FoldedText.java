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
import java.io.Reader;
import java.util.Map;
import java.util.Set;

import io.jamesext.lemonade.imap.search.SearchKey.TextKey;

/**
 * Looks for many strings at once in text that is read piece by piece: as much of it is kept as a string that lies across two pieces needs.
 */
final class FoldedText {
    private static final int PIECE = 8192;

    private final Map<TextKey, String> wanted;
    private final Set<TextKey> found;

    /**
     * Looks for strings.
     *
     * @param wanted the strings, folded, and the keys they stand for
     * @param found gets the keys whose strings were found, here or elsewhere
     */
    FoldedText(Map<TextKey, String> wanted, Set<TextKey> found) {
        this.wanted = wanted;
        this.found = found;
    }

    boolean isDone() {
        return found.containsAll(wanted.keySet());
    }

    void read(Reader text) throws IOException {
        char[] piece = new char[PIECE];
        int kept = wanted.values().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder window = new StringBuilder();
        int held = 0;
        for (int read = text.read(piece, held, PIECE - held); read >= 0 && !isDone(); read = text.read(piece, held, PIECE - held)) {
            int length = held + read;
            // Half a sign waits for its other half.
            held = length > 0 && Character.isHighSurrogate(piece[length - 1]) ? 1 : 0;
            window.append(Casemap.fold(new String(piece, 0, length - held)));
            look(window);
            window.delete(0, Math.max(0, window.length() - kept));
            piece[0] = length == 0 ? 0 : piece[length - 1];
        }
    }

    /** Looks in a text that is there as a whole. */
    void look(CharSequence folded) {
        String text = folded.toString();
        wanted.forEach((key, string) -> {
            if (!found.contains(key) && text.contains(string)) {
                found.add(key);
            }
        });
    }
}

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
package io.jamesext.ximss.speller;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.lucene.analysis.hunspell.Dictionary;
import org.apache.lucene.analysis.hunspell.Hunspell;
import org.apache.lucene.analysis.hunspell.TimeoutPolicy;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** One check of one text. What has a digit in it is no word, nor what is longer than any. */
final class SpellCheck {
    /** Words of a language that makes compounds take long. */
    private static final Duration TIME = Duration.ofSeconds(10);
    /** Guesses are the slowest part: the text allows none, so they are the first to be left out. */
    private static final Duration TIME_FOR_GUESSES = Duration.ofSeconds(4);
    private static final long MAX_MILLIS_A_WORD = 250;
    private static final int MAX_GUESSES = 10;
    private static final int MAX_WORD = 60;

    private final Hunspell hunspell;
    private final long start = System.nanoTime();
    /** What was found out about words already: empty for a good one, otherwise the guesses. */
    private final Map<String, Optional<List<String>>> known = new HashMap<>();

    SpellCheck(Dictionary dictionary) {
        this.hunspell = new Hunspell(dictionary, TimeoutPolicy.RETURN_PARTIAL_RESULT, this::checkTime);
    }

    List<Misspelling> misspellings(String text) {
        List<Misspelling> found = new ArrayList<>();
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        // One sign for another: Java and most dictionaries know no other apostrophe within a word.
        String plain = text.replace('\u2019', '\'');
        words.setText(plain);
        long position = 0;
        int begin = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
            String word = plain.substring(begin, end);
            int size = text.substring(begin, end).getBytes(StandardCharsets.UTF_8).length;
            if (isWord(word)) {
                checkTime();
                // Dictionaries have letters and accents in one; some systems type them apart.
                Optional<List<String>> guesses = known.computeIfAbsent(Normalizer.normalize(word, Normalizer.Form.NFC), this::check);
                if (guesses.isPresent()) {
                    found.add(new Misspelling(position, size, guesses.get()));
                }
            }
            position += size;
            begin = end;
        }
        return found;
    }

    private static boolean isWord(String text) {
        return text.length() <= MAX_WORD && text.codePoints().anyMatch(Character::isLetter)
            && text.codePoints().noneMatch(Character::isDigit);
    }

    private Optional<List<String>> check(String word) {
        if (hunspell.spell(word)) {
            return Optional.empty();
        }
        long left = TIME_FOR_GUESSES.minus(elapsed()).toMillis();
        return Optional.of(left <= 0 ? List.of()
            : hunspell.suggest(word, Math.min(left, MAX_MILLIS_A_WORD)).stream().limit(MAX_GUESSES).toList());
    }

    private void checkTime() {
        if (elapsed().compareTo(TIME) > 0) {
            throw new ProtocolException(Failure.TOO_BIG, "the text takes too long to check");
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

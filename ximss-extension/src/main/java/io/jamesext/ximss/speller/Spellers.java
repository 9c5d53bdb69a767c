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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.lucene.analysis.hunspell.Dictionary;
import org.apache.lucene.analysis.hunspell.SortingStrategy;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The spell checkers: one for each pair of files {@code NAME.aff} and {@code NAME.dic}, Hunspell's, in a folder of the operator's.
 * A dictionary is read when it is used for the first time, and kept. All methods block.
 */
public final class Spellers {
    /** Protects the heap and the processors. */
    static final int MAX_TEXT = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final String WORDS = ".dic";
    private static final String AFFIXES = ".aff";

    private final Optional<Path> folder;
    private final Map<String, Dictionary> dictionaries = new ConcurrentHashMap<>();
    /** Nothing but arithmetic: more at once would only take the processors from everybody else. */
    private final Semaphore running = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    /** Of the dictionaries in this folder, if any. */
    public Spellers(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Their names, in order. */
    public List<String> names() throws IOException {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.map(file -> file.getFileName().toString())
                .filter(file -> file.endsWith(WORDS))
                .map(file -> file.substring(0, file.length() - WORDS.length()))
                .filter(this::isThere)
                .sorted()
                .toList();
        }
    }

    /**
     * Checks a text.
     *
     * @return the words that are in no dictionary, in their order
     * @throws ProtocolException when there is no such checker, the text is too long or takes too long, or too many are being checked
     */
    public List<Misspelling> check(String speller, String text) {
        if (!isThere(speller)) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such spell checker");
        }
        if (text.length() > MAX_TEXT) {
            throw new ProtocolException(Failure.TOO_BIG, "a text to check has at most " + MAX_TEXT + " characters");
        }
        if (!running.tryAcquire()) {
            throw new ProtocolException(Failure.BUSY, "too many texts are being checked, try again later");
        }
        try {
            return new SpellCheck(dictionaries.computeIfAbsent(speller, this::load)).misspellings(text);
        } finally {
            running.release();
        }
    }

    private boolean isThere(String name) {
        return NAME.matcher(name).matches() && folder.isPresent()
            && Files.isRegularFile(folder.get().resolve(name + WORDS)) && Files.isRegularFile(folder.get().resolve(name + AFFIXES));
    }

    private Dictionary load(String name) {
        Path path = folder.orElseThrow();
        try (InputStream affixes = Files.newInputStream(path.resolve(name + AFFIXES));
             InputStream words = Files.newInputStream(path.resolve(name + WORDS))) {
            return new LenientDictionary(affixes, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("no Hunspell dictionary: " + path.resolve(name + AFFIXES), e);
        }
    }

    /** Many dictionaries miscount their rules or repeat conversions; Hunspell itself does not mind. */
    private static final class LenientDictionary extends Dictionary {
        LenientDictionary(InputStream affixes, InputStream words) throws IOException, ParseException {
            super(affixes, List.of(words), false, SortingStrategy.inMemory());
        }

        @Override
        protected boolean tolerateAffixRuleCountMismatches() {
            return true;
        }

        @Override
        protected boolean tolerateDuplicateConversionMappings() {
            return true;
        }
    }
}

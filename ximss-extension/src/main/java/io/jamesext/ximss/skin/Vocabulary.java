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
package io.jamesext.ximss.skin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jamesext.ximss.xml.Element;

/**
 * Words by their names. XIMSS, "Service Operations", strings: a word, a dictionary of words, or an array of them. As a file it is what
 * the text has on the wire:
 *
 * <pre>{@code
 * <strings>
 *   <string name="">word</string>
 *   <strings name=""> <string name="">word</string>* </strings>
 *   <strings name=""> <string>word</string>* </strings>
 * </strings>
 * }</pre>
 *
 * @param entries in order, each with its name
 */
record Vocabulary(Map<String, Element> entries) {
    static final Vocabulary EMPTY = new Vocabulary(Map.of());

    private enum Kind {
        WORD, DICTIONARY, ARRAY
    }

    /**
     * Reads a file's root.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static Vocabulary of(Element root) {
        Map<String, Element> entries = new LinkedHashMap<>();
        root.elements().forEach(entry -> {
            Optional<String> name = entry.attribute("name");
            if (name.isEmpty() || kind(entry).isEmpty()) {
                throw new IllegalArgumentException("an element in a vocabulary is neither a word, a dictionary nor an array");
            }
            entries.put(name.get(), clean(entry));
        });
        return new Vocabulary(entries);
    }

    /** These words, with others in the place of those that have the same name: of dictionaries, word by word. */
    Vocabulary with(Vocabulary others) {
        Map<String, Element> all = new LinkedHashMap<>(entries);
        others.entries.forEach((name, entry) -> all.merge(name, entry, Vocabulary::merge));
        return new Vocabulary(all);
    }

    private static Element merge(Element old, Element entry) {
        boolean both = kind(old).equals(Optional.of(Kind.DICTIONARY)) && kind(entry).equals(Optional.of(Kind.DICTIONARY));
        if (!both) {
            return entry;
        }
        Map<String, Element> words = new LinkedHashMap<>();
        old.elements().forEach(word -> words.put(word.required("name"), word));
        entry.elements().forEach(word -> words.put(word.required("name"), word));
        return Element.of(old.name(), old.attributes(), List.copyOf(words.values()));
    }

    private static Optional<Kind> kind(Element entry) {
        if (entry.name().equals("string")) {
            return entry.elements().findAny().isPresent() ? Optional.empty() : Optional.of(Kind.WORD);
        }
        boolean words = entry.elements().allMatch(word -> kind(word).equals(Optional.of(Kind.WORD)));
        if (!entry.name().equals("strings") || !words) {
            return Optional.empty();
        }
        if (entry.elements().allMatch(word -> word.attribute("name").isPresent())) {
            return Optional.of(Kind.DICTIONARY);
        }
        return entry.elements().noneMatch(word -> word.attribute("name").isPresent()) ? Optional.of(Kind.ARRAY) : Optional.empty();
    }

    /** Without the line ends between its elements. */
    private static Element clean(Element entry) {
        return entry.name().equals("string") ? entry : Element.of(entry.name(), entry.attributes(), entry.elements().toList());
    }
}

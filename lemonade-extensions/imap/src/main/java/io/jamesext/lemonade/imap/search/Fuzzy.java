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

import java.util.List;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;

import io.jamesext.lemonade.imap.search.SearchKey.And;
import io.jamesext.lemonade.imap.search.SearchKey.Body;
import io.jamesext.lemonade.imap.search.SearchKey.Header;
import io.jamesext.lemonade.imap.search.SearchKey.Leaf;
import io.jamesext.lemonade.imap.search.SearchKey.Text;

/**
 * FUZZY. RFC 6203 section 3 leaves open what is near enough: of a string all its words, in whatever order and however far from each other,
 * each as a part of the text. Other keys are matched exactly, as section 5 allows.
 */
final class Fuzzy {
    private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
    /** Each word of a string is a key of its own: what is behind these is left out. */
    private static final int MAX_WORDS = 16;

    private Fuzzy() {
    }

    static SearchKey of(SearchKey key) {
        return key.map(Fuzzy::ofLeaf);
    }

    private static SearchKey ofLeaf(Leaf leaf) {
        if (leaf instanceof Header header) {
            return all(words(header.value()).stream().<SearchKey>map(word -> new Header(header.name(), word)).toList(), leaf);
        }
        if (leaf instanceof Body body) {
            return all(words(body.value()).stream().<SearchKey>map(Body::new).toList(), leaf);
        }
        if (leaf instanceof Text text) {
            return all(words(text.value()).stream().<SearchKey>map(Text::new).toList(), leaf);
        }
        return leaf;
    }

    private static List<String> words(String value) {
        return WORDS.splitToStream(value).distinct().limit(MAX_WORDS).toList();
    }

    /** A string without words is looked for as it stands. */
    private static SearchKey all(List<SearchKey> words, SearchKey whole) {
        if (words.isEmpty()) {
            return whole;
        }
        return words.size() == 1 ? words.get(0) : new And(words);
    }
}

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
package io.jamesext.opensearch;

import java.text.Normalizer;

/**
 * Sort keys by {@code i;unicode-casemap} (RFC 5051), the collation that RFC 5256 section 2.3 asks for: OpenSearch orders keywords by their
 * UTF-8 octets, which is how RFC 5051 section 2 orders its keys.
 */
final class Collation {
    /** Longer values differ so rarely behind this that ordering them is not worth the space; it also bounds the work of folding. */
    private static final int MAX_KEY = 300;

    private Collation() {
    }

    static String key(String value) {
        String bounded = Texts.indexable(Texts.bounded(value, MAX_KEY));
        StringBuilder titled = new StringBuilder(bounded.length());
        bounded.codePoints().map(Character::toTitleCase).forEach(titled::appendCodePoint);
        return Normalizer.normalize(titled, Normalizer.Form.NFKD);
    }
}

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
 * Texts as they are searched and sorted. Sort keys by {@code i;unicode-casemap} (RFC 5051), the collation that RFC 5256 section 2.3 asks
 * for: OpenSearch orders keywords by their UTF-8 octets, which is how RFC 5051 section 2 orders its keys.
 */
final class Collation {
    /** Longer values differ so rarely behind this that ordering them is not worth the space; it also bounds the work of folding. */
    private static final int MAX_KEY = 300;
    private static final int LAST_ASCII = 127;
    private static final char FIRST_ACCENT = '\u0300';
    private static final char LAST_ACCENT = '\u036f';

    private Collation() {
    }

    static String key(String value) {
        String bounded = Texts.indexable(Texts.bounded(value, MAX_KEY));
        StringBuilder titled = new StringBuilder(bounded.length());
        bounded.codePoints().map(Character::toTitleCase).forEach(titled::appendCodePoint);
        return Normalizer.normalize(titled, Normalizer.Form.NFKD);
    }

    /**
     * A text as RFC 5051 section 2 compares it, but without accents: who searches "cafes" finds "cafés" too. Sign by sign, so that a part
     * of a text stays a part of it: what i;unicode-casemap finds is found in these.
     */
    static String searchable(String value) {
        StringBuilder folded = new StringBuilder(value.length());
        value.codePoints().forEach(point -> {
            int title = Character.toTitleCase(point);
            if (title <= LAST_ASCII) {
                folded.append((char) title);
            } else {
                Normalizer.normalize(Character.toString(title), Normalizer.Form.NFKD).chars()
                    .filter(sign -> sign < FIRST_ACCENT || sign > LAST_ACCENT).forEach(sign -> folded.append((char) sign));
            }
        });
        return folded.toString();
    }
}

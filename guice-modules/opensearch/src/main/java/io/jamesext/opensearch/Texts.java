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

import java.nio.charset.StandardCharsets;

/** Cuts and mends strings of unknown origin. */
final class Texts {
    private static final char REPLACEMENT = '\ufffd';

    private Texts() {
    }

    static String bounded(String value, int maxChars) {
        if (value.length() <= maxChars) {
            return value;
        }
        boolean splitsPair = maxChars > 0 && Character.isHighSurrogate(value.charAt(maxChars - 1));
        return value.substring(0, splitsPair ? maxChars - 1 : maxChars);
    }

    /**
     * Without halves of surrogate pairs, which JSON in UTF-8 cannot carry, and without NUL: the tokenizer of OpenSearch 2.18's wildcard
     * fields counts to two thousand million on one before the last character, and nothing else is indexed meanwhile.
     */
    static String indexable(String value) {
        boolean indexable = value.codePoints()
            .noneMatch(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        return indexable ? value : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', REPLACEMENT);
    }
}

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

import java.text.Normalizer;

/** The comparator i;unicode-casemap, with which RFC 5255 section 4.3 has SEARCH compare. RFC 5051 section 2. */
public final class Casemap {
    private static final int LAST_ASCII = 127;

    private Casemap() {
    }

    /** Texts are the same for the comparator when what this makes of them is equal; of a piece of text it makes that piece. */
    public static String fold(CharSequence text) {
        char[] folded = new char[text.length()];
        for (int at = 0; at < folded.length; at++) {
            char character = text.charAt(at);
            if (character > LAST_ASCII) {
                return foldSigns(text);
            }
            folded[at] = character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character;
        }
        return new String(folded);
    }

    private static String foldSigns(CharSequence text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int at = 0; at < text.length();) {
            int point = Character.codePointAt(text, at);
            at += Character.charCount(point);
            int title = Character.toTitleCase(point);
            if (title <= LAST_ASCII) {
                folded.append((char) title);
            } else {
                // Sign by sign: RFC 5051 decomposes, it does not reorder.
                folded.append(Normalizer.normalize(Character.toString(title), Normalizer.Form.NFKD));
            }
        }
        return folded.toString();
    }
}

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

package io.jamesext.lemonade.imap.sort;

import java.util.Comparator;

import io.jamesext.converter.HeaderText;
import io.jamesext.lemonade.imap.search.Casemap;

/**
 * What texts are sorted by: i;unicode-casemap (RFC 5051) of those that could be converted, and behind them i;octet of the others, as
 * RFC 5255 section 4.6 says.
 */
final class CollationKey {
    /** UTF-8 of a text in the order of i;octet: by code points, while Java compares the halves of surrogate pairs. */
    static final Comparator<String> ORDER = CollationKey::compare;
    /** Texts are compared so far: a line has 998 characters at most, RFC 5322 section 2.1.1. */
    static final int MAX_LENGTH = 1000;
    /** The last code point, which is no character. */
    private static final String UNDECODED = Character.toString(Character.MAX_CODE_POINT);

    private CollationKey() {
    }

    static String of(HeaderText text) {
        return of(text.text(), text.valid());
    }

    /**
     * Of a text or a part of one.
     *
     * @param valid whether it is text, else its characters are octets
     */
    static String of(String text, boolean valid) {
        // RFC 5256, SORT: the empty string comes before all others.
        return valid || text.isEmpty() ? cut(Casemap.fold(cut(text))) : UNDECODED + cut(text);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int at = 0; at < length; at++) {
            char a = one.charAt(at);
            char b = other.charAt(at);
            if (a != b) {
                boolean plane = Character.isSurrogate(a);
                return plane == Character.isSurrogate(b) ? Character.compare(a, b) : plane ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}

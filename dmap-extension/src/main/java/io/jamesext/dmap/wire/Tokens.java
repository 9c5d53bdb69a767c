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
package io.jamesext.dmap.wire;

import com.google.common.base.CharMatcher;

/** The classes of characters that reader and writer share. Draft section 5.1, with the specials of RFC 9051 section 9. */
public final class Tokens {
    /** Visible ASCII without {@code atom-specials}. */
    static final CharMatcher ATOM = CharMatcher.inRange('!', '~').and(CharMatcher.noneOf("(){%*\"\\]"));
    /** What keywords of the draft are written with: FLAGS.SILENT, BODY.PEEK, +FLAGS. */
    static final CharMatcher WORD = CharMatcher.inRange('A', 'Z').or(CharMatcher.inRange('a', 'z'))
        .or(CharMatcher.inRange('0', '9')).or(CharMatcher.anyOf(".+-"));
    static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');

    private Tokens() {
    }

    /** Draft section 5.1: what can be written without quotes. */
    public static boolean isAtom(String text) {
        return !text.isEmpty() && ATOM.matchesAllOf(text);
    }
}

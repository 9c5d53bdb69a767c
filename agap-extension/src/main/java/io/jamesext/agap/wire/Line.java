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
package io.jamesext.agap.wire;

import java.util.Locale;

/**
 * One line from the client without its end: a command, or a line of a body. AGAP section 2.2.
 *
 * @param text its characters; without NUL, CR and LF
 */
public record Line(String text) {
    /** The command's name in upper case; AGAP section 4.1 lets the client write it in either. */
    public String verb() {
        return text.substring(0, endOfVerb()).toUpperCase(Locale.ROOT);
    }

    /** A reader of what follows the command's name. */
    public LineReader arguments() {
        return new LineReader(text, endOfVerb());
    }

    /** A body ends with an empty line: AGAP section 4.3.1 and 4.39. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    private int endOfVerb() {
        int space = text.indexOf(' ');
        return space < 0 ? text.length() : space;
    }

    /** Not the text: a line may hold a password, and lines end up in logs. */
    @Override
    public String toString() {
        return "Line of " + text.length() + " characters";
    }
}

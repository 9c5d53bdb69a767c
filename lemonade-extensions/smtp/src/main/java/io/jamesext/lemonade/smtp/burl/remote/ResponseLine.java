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

package io.jamesext.lemonade.smtp.burl.remote;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A line of the server. RFC 3501 section 9, response.
 *
 * @param tag {@code *}, {@code +} or the tag of a command
 * @param word what it is about, in upper case: {@code OK}, {@code BYE}, {@code URLFETCH}
 * @param rest what stands behind the word's space
 */
record ResponseLine(String tag, String word, String rest) {
    private static final Pattern LITERAL = Pattern.compile(".*\\{\\d+\\+?\\}");

    static ResponseLine of(String line) {
        String[] parts = line.split(" ", 3);
        return new ResponseLine(parts[0], parts.length > 1 ? parts[1].toUpperCase(Locale.ROOT) : "", parts.length > 2 ? parts[2] : "");
    }

    boolean isUntagged() {
        return tag.equals("*");
    }

    boolean isContinuation() {
        return tag.equals("+");
    }

    boolean isOk() {
        return word.equals("OK");
    }

    /** Whether the response goes on with a literal. The text of a status ends as it likes. */
    boolean goesOn() {
        return !isOk() && !word.equals("NO") && !word.equals("BAD") && LITERAL.matcher(rest).matches();
    }
}

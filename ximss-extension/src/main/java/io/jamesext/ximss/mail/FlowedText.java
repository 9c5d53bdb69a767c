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
package io.jamesext.ximss.mail;

import java.util.stream.Collectors;

import com.google.common.base.Splitter;

/** RFC 3676, format=flowed: long lines are broken behind spaces that stay. */
final class FlowedText {
    /** RFC 3676 section 4.2: lines of 78 characters at most, with the space. */
    private static final int MAX_LINE = 76;

    private FlowedText() {
    }

    static String encode(String text) {
        return Splitter.on('\n').splitToStream(text.replace("\r\n", "\n")).map(FlowedText::line).collect(Collectors.joining("\n"));
    }

    private static String line(String line) {
        // Section 4.1: a space at the end would join this line to the next one, except in the signature's mark.
        String rest = line.equals("-- ") ? line : line.stripTrailing();
        StringBuilder flowed = new StringBuilder();
        while (rest.length() > MAX_LINE) {
            int space = rest.lastIndexOf(' ', MAX_LINE - 1);
            int cut = (space > 0 ? space : rest.indexOf(' ', MAX_LINE)) + 1;
            if (cut == 0 || cut == rest.length()) {
                break;
            }
            flowed.append(stuffed(rest.substring(0, cut))).append('\n');
            rest = rest.substring(cut);
        }
        return flowed.append(stuffed(rest)).toString();
    }

    /** Section 4.4: a space before what could be taken for quoting or for a mailbox file's From line. */
    private static String stuffed(String line) {
        return line.startsWith(" ") || line.startsWith(">") || line.startsWith("From ") ? " " + line : line;
    }
}

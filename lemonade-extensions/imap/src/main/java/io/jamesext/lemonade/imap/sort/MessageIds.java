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

import java.util.ArrayList;
import java.util.List;

/**
 * The valid message identifiers of a field, in a form that is the same for all spellings: without quotes, comments and white space.
 * RFC 5256, THREAD, and RFC 5322 section 3.6.4: {@code msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]}. The time is linear.
 */
final class MessageIds {
    private final String field;
    private final List<String> ids = new ArrayList<>();
    private int at;

    private MessageIds(String field) {
        this.field = field;
    }

    static List<String> read(String field) {
        MessageIds reader = new MessageIds(field);
        reader.read();
        return reader.ids;
    }

    /** What stands between identifiers says nothing: the phrases of RFC 822, comments, other addresses' leftovers. */
    private void read() {
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c == '<') {
                at++;
                readId();
            } else if (c == '(' || c == '"') {
                skip(c, new StringBuilder());
            } else {
                at++;
            }
        }
    }

    private void readId() {
        StringBuilder id = new StringBuilder();
        int left = -1;
        while (at < field.length() && field.charAt(at) != '<') {
            char c = field.charAt(at);
            if (c == '>') {
                at++;
                if (left > 0 && id.length() > left + 1) {
                    ids.add(id.toString());
                }
                return;
            }
            if (c == '(') {
                skip(c, new StringBuilder());
            } else if (c == '"') {
                skip(c, id);
            } else {
                at++;
                if (c == '@' && left < 0) {
                    left = id.length();
                }
                if (c != ' ' && c != '\t') {
                    id.append(c);
                }
            }
        }
    }

    /** A quoted string or a comment, which may nest; what it says, without backslashes, goes to the text. */
    private void skip(char open, StringBuilder text) {
        char close = open == '(' ? ')' : '"';
        int depth = 1;
        at++;
        while (at < field.length()) {
            char c = field.charAt(at++);
            if (c == '\\' && at < field.length()) {
                c = field.charAt(at++);
            } else if (c == close) {
                depth--;
                if (depth == 0) {
                    return;
                }
            } else if (c == open) {
                depth++;
            }
            text.append(c);
        }
    }
}

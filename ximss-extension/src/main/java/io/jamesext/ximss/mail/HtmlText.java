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

import java.util.Locale;
import java.util.Set;

import org.apache.commons.text.StringEscapeUtils;

/** The text that a reader of HTML sees, near enough to look for words in it: without tags, comments, scripts and styles. */
final class HtmlText {
    /** These do not end a word; all other elements do. HTML, "Text-level semantics". */
    private static final Set<String> INLINE = Set.of("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr");
    /** Their content is no text. */
    private static final Set<String> UNSEEN = Set.of("script", "style");
    private static final String COMMENT = "<!--";

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int position;

    private HtmlText(String html) {
        this.html = html;
    }

    /** The text. It takes time in the order of the length, whatever is opened and never closed. */
    static String of(String html) {
        HtmlText reader = new HtmlText(html);
        while (reader.position < html.length()) {
            reader.next();
        }
        return StringEscapeUtils.unescapeHtml4(reader.text.toString());
    }

    /** Reads text up to a tag, and the tag. */
    private void next() {
        int open = html.indexOf('<', position);
        if (open < 0) {
            text.append(html, position, html.length());
            position = html.length();
            return;
        }
        text.append(html, position, open);
        if (html.startsWith(COMMENT, open)) {
            position = behind("-->", open + COMMENT.length());
        } else if (open + 1 < html.length() && isTag(html.charAt(open + 1))) {
            tag(open);
        } else {
            text.append('<');
            position = open + 1;
        }
    }

    private void tag(int open) {
        int name = html.charAt(open + 1) == '/' ? open + 2 : open + 1;
        int end = name;
        while (end < html.length() && Character.isLetterOrDigit(html.charAt(end))) {
            end++;
        }
        String element = html.substring(name, end).toLowerCase(Locale.US);
        position = behind(">", end);
        if (name == open + 1 && UNSEEN.contains(element)) {
            skip("</" + element);
        }
        if (!INLINE.contains(element)) {
            text.append(' ');
        }
    }

    /** To the end tag, which stands in either case; where there is none, nothing more is seen. */
    private void skip(String endTag) {
        while (position < html.length() && !html.regionMatches(true, position, endTag, 0, endTag.length())) {
            int next = html.indexOf('<', position + 1);
            position = next < 0 ? html.length() : next;
        }
    }

    private int behind(String end, int from) {
        int found = html.indexOf(end, from);
        return found < 0 ? html.length() : found + end.length();
    }

    private static boolean isTag(char first) {
        return first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z' || first == '/' || first == '!' || first == '?';
    }
}

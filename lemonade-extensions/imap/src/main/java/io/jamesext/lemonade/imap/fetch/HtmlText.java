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

package io.jamesext.lemonade.imap.fetch;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a reader sees of HTML, nearly: tags, styles and scripts go. It is for previews, which are looked at and never rendered. */
final class HtmlText {
    private static final Map<String, String> ENTITIES = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    /** Tags within words. */
    private static final Set<String> INLINE = Set.of("a", "abbr", "b", "big", "code", "em", "font", "i", "s", "small", "span", "strong",
        "sub", "sup", "u", "wbr");
    private static final int MAX_ENTITY = 10;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        return new HtmlText(html).text();
    }

    private String text() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                text.append(c);
                at++;
            }
        }
        return text.toString();
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            skipBehind("-->");
            return;
        }
        for (String unseen : new String[] {"style", "script", "title"}) {
            if (html.regionMatches(true, at + 1, unseen, 0, unseen.length())) {
                skipTo("</" + unseen);
            }
        }
        if (!inline()) {
            text.append(' ');
        }
        skipBehind(">");
    }

    private boolean inline() {
        int from = html.startsWith("</", at) ? at + 2 : at + 1;
        int end = from;
        while (end < html.length() && Character.isLetterOrDigit(html.charAt(end))) {
            end++;
        }
        return INLINE.contains(html.substring(from, end).toLowerCase(Locale.ROOT));
    }

    private void skipTo(String end) {
        while (at < html.length() && !html.regionMatches(true, at, end, 0, end.length())) {
            at++;
        }
    }

    private void skipBehind(String end) {
        int found = html.indexOf(end, at);
        at = found < 0 ? html.length() : found + end.length();
    }

    private void entity() {
        int end = html.indexOf(';', at);
        String name = end < 0 || end - at > MAX_ENTITY ? "" : html.substring(at + 1, end);
        String character = name.startsWith("#") ? numbered(name.substring(1)) : ENTITIES.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        text.append(character.isEmpty() ? "&" : character);
        at = character.isEmpty() ? at + 1 : end + 1;
    }

    private static String numbered(String number) {
        try {
            boolean hex = number.startsWith("x") || number.startsWith("X");
            int character = hex ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
            return Character.isValidCodePoint(character) ? Character.toString(character) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}

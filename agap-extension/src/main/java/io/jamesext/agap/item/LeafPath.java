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
package io.jamesext.agap.item;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/**
 * The path of leaves in an item's XML: AGAP section 4.34. Read in either case; the leading slash and the root may be left out.
 *
 * @param names from the root down, as they were written
 * @param delimiter of the list of which only one item is wanted; nothing when all is
 * @param number that of the item, from 1
 */
record LeafPath(ImmutableList<String> names, Optional<Character> delimiter, int number) {
    private static final Pattern FORM = Pattern.compile("/?(?<names>[^\\[{}\\]]+)(?:\\[(?<comma>\\d{1,9})]|\\{(?<semicolon>\\d{1,9})})?");

    /** Reads it; nothing when it is the path of no leaf. */
    static Optional<LeafPath> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        ImmutableList<String> names = ImmutableList.copyOf(Splitter.on('/').split(form.group("names")));
        Optional<String> comma = Optional.ofNullable(form.group("comma"));
        Optional<String> semicolon = Optional.ofNullable(form.group("semicolon"));
        return Optional.of(new LeafPath(names, comma.map(number -> ',').or(() -> semicolon.map(number -> ';')),
            comma.or(() -> semicolon).map(Integer::parseInt).orElse(0)));
    }

    /** The leaves that it means, in order. */
    List<XmlElement> leaves(XmlElement root) {
        boolean withRoot = names.get(0).equalsIgnoreCase(root.name()) && names.size() > 1;
        Stream<XmlElement> found = Stream.of(root);
        for (String name : withRoot ? names.subList(1, names.size()) : names) {
            found = found.flatMap(element -> element.children().stream()).filter(child -> child.name().equalsIgnoreCase(name));
        }
        return found.filter(XmlElement::isLeaf).toList();
    }

    /** A leaf's text, or the item of it that is wanted; nothing where there is none. A delimiter behind a backslash is none. */
    Optional<String> text(XmlElement leaf) {
        if (delimiter.isEmpty()) {
            return leaf.decoded();
        }
        // Not as a list: a long text can have millions.
        return leaf.decoded().filter(text -> number >= 1).flatMap(text ->
            Splitter.onPattern("(?<!\\\\)" + delimiter.get()).splitToStream(text).skip(number - 1L).findFirst().map(String::strip));
    }

    /** True when all of a leaf is wanted. */
    boolean isWhole() {
        return delimiter.isEmpty();
    }
}

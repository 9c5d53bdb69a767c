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
package io.jamesext.agap.tag;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.mail.Flags;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;

/**
 * Tags as James's flags. SEEN, ANSWERED and SPAM are what IMAP calls {@code \Seen}, {@code \Answered} and {@code $Junk}; every other tag
 * is the keyword of its name. A value is a second keyword {@code NAME=value}. James compares keywords without case and AGAP's values have
 * case, so in keywords an upper-case letter of a value is {@code ^} and the lower-case one. Flags that are no tag, such as
 * {@code \Flagged}, are neither shown nor touched.
 */
public final class Tags {
    private static final ImmutableMap<String, String> RESERVED = ImmutableMap.of(
        Tag.SEEN, "\\Seen",
        Tag.ANSWERED, "\\Answered",
        Tag.SPAM, "$junk");

    private Tags() {
    }

    /** The tags that a message has, by name. */
    public static TreeMap<String, Tag> of(Flags flags) {
        TreeMap<String, Tag> tags = new TreeMap<>();
        keywords(flags).stream()
            .flatMap(keyword -> tag(keyword).stream())
            .forEach(tag -> tags.put(tag.name(), tag));
        keywords(flags).stream()
            .flatMap(keyword -> value(keyword).stream())
            .filter(tag -> tags.containsKey(tag.name()) && tags.get(tag.name()).value().isEmpty())
            .forEach(tag -> tags.put(tag.name(), tag));
        return tags;
    }

    /** The flags that a message with this tag has. */
    public static Flags flags(Tag tag) {
        return flags(encode(tag));
    }

    /** The change from the flags that a message has to the tags that it should have. */
    public static Change change(Flags before, Map<String, Tag> after) {
        TreeSet<String> present = new TreeSet<>();
        keywords(before).stream().filter(keyword -> tag(keyword).isPresent() || value(keyword).isPresent()).forEach(present::add);
        TreeSet<String> wanted = new TreeSet<>();
        after.values().forEach(tag -> wanted.addAll(encode(tag)));
        return new Change(flags(Sets.difference(present, wanted)), flags(Sets.difference(wanted, present)));
    }

    /**
     * What to do to a message's flags.
     *
     * @param remove these first
     * @param add then these
     */
    public record Change(Flags remove, Flags add) {
    }

    /** A message's flags as texts in lower case, but for the system flags that are tags. */
    private static ImmutableSortedSet<String> keywords(Flags flags) {
        ImmutableSortedSet.Builder<String> keywords = ImmutableSortedSet.naturalOrder();
        Arrays.stream(flags.getUserFlags()).map(keyword -> keyword.toLowerCase(Locale.ROOT)).forEach(keywords::add);
        if (flags.contains(Flags.Flag.SEEN)) {
            keywords.add("\\Seen");
        }
        if (flags.contains(Flags.Flag.ANSWERED)) {
            keywords.add("\\Answered");
        }
        return keywords.build();
    }

    private static Flags flags(Iterable<String> keywords) {
        Flags flags = new Flags();
        for (String keyword : keywords) {
            switch (keyword) {
                case "\\Seen" -> flags.add(Flags.Flag.SEEN);
                case "\\Answered" -> flags.add(Flags.Flag.ANSWERED);
                default -> flags.add(written(keyword));
            }
        }
        return flags;
    }

    /** A tag's name is upper case where other clients see it; only James's comparisons know no case. */
    private static String written(String keyword) {
        int end = keyword.indexOf('=') < 0 ? keyword.length() : keyword.indexOf('=');
        return keyword.equals("$junk") ? "$Junk" : keyword.substring(0, end).toUpperCase(Locale.ROOT) + keyword.substring(end);
    }

    private static ImmutableSortedSet<String> encode(Tag tag) {
        ImmutableSortedSet.Builder<String> keywords = ImmutableSortedSet.naturalOrder();
        keywords.add(RESERVED.getOrDefault(tag.name(), tag.name().toLowerCase(Locale.ROOT)));
        tag.value().ifPresent(value -> keywords.add(tag.name().toLowerCase(Locale.ROOT) + "=" + encodeValue(value)));
        return keywords.build();
    }

    private static String encodeValue(String value) {
        StringBuilder encoded = new StringBuilder();
        for (char c : value.toCharArray()) {
            encoded.append(c >= 'A' && c <= 'Z' ? "^" + (char) (c + ('a' - 'A')) : String.valueOf(c));
        }
        return encoded.toString();
    }

    /** The tag whose presence this keyword is. */
    private static Optional<Tag> tag(String keyword) {
        Optional<String> reserved = RESERVED.entrySet().stream()
            .filter(entry -> entry.getValue().equals(keyword))
            .map(Map.Entry::getKey)
            .findFirst();
        return reserved.or(() -> Optional.of(keyword).filter(name -> name.indexOf('=') < 0))
            .flatMap(Tag::parse)
            .filter(tag -> reserved.isPresent() || !RESERVED.containsKey(tag.name()) && !tag.name().equals(Tag.NEW));
    }

    /** The tag whose value this keyword is. */
    private static Optional<Tag> value(String keyword) {
        int equals = keyword.indexOf('=');
        return equals < 0 ? Optional.empty() : decodeValue(keyword.substring(equals + 1))
            .flatMap(value -> Tag.parse(keyword.substring(0, equals + 1) + value));
    }

    private static Optional<String> decodeValue(String encoded) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '^') {
                value.append(c);
            } else if (++i < encoded.length() && encoded.charAt(i) >= 'a' && encoded.charAt(i) <= 'z') {
                value.append(Character.toUpperCase(encoded.charAt(i)));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(value.toString());
    }
}

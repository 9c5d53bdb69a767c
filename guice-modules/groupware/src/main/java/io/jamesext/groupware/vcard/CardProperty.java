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
package io.jamesext.groupware.vcard;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * One line of a vCard. RFC 6350 section 3.3.
 *
 * @param group what it belongs together with, if anything
 * @param name in capital letters
 * @param types the TYPE parameters, one by one
 * @param parameters the others by their names in capital letters; neither ENCODING nor CHARSET, which only say how the text was written
 * @param value as it is written, with its backslashes; of a binary one the base64, without white space
 * @param binary true for octets, such as a photo's
 */
public record CardProperty(Optional<String> group, String name, ImmutableList<String> types, ImmutableMap<String, String> parameters,
                           String value, boolean binary) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    /** They frame a card, and are no property of it. */
    private static final Set<String> FRAME = Set.of("BEGIN", "END", "VERSION");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]*={0,2}");

    /** Checks the names. */
    public CardProperty {
        name = name.toUpperCase(Locale.US);
        if (!isName(name) || FRAME.contains(name) || !group.map(CardProperty::isName).orElse(true)
                || !parameters.keySet().stream().allMatch(CardProperty::isName)) {
            throw new IllegalArgumentException("not the name of a property, parameter or group");
        }
        if (binary && !BASE64.matcher(value).matches()) {
            throw new IllegalArgumentException("not base64");
        }
    }

    /** A text property without types, parameters and group. */
    public static CardProperty text(String name, String... texts) {
        return of(name, List.of(), Map.of(), List.of(texts));
    }

    /**
     * A property of texts.
     *
     * @param texts its parts, without backslashes
     */
    public static CardProperty of(String name, List<String> types, Map<String, String> parameters, List<String> texts) {
        CardProperty empty = new CardProperty(Optional.empty(), name, ImmutableList.copyOf(types), ImmutableMap.copyOf(parameters), "",
            false);
        return empty.withValue(CardValue.of(empty).write(texts));
    }

    /** True for what can be the name of a parameter or a group; and of a property, but for those that frame a card. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The parts of the value without backslashes: the five of a name, the members of a list, or one. */
    public List<String> texts() {
        return binary ? List.of(value) : CardValue.of(this).read(value);
    }

    /** The whole value for people, on one line. */
    public String line() {
        return String.join(" ", texts()).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    CardProperty withValue(String changed) {
        return new CardProperty(group, name, types, parameters, changed, binary);
    }
}

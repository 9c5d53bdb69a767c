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

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag of an item. AGAP section 2.10.1.
 *
 * @param name in upper case
 * @param value absent is another thing than empty
 */
public record Tag(String name, Optional<String> value) {
    /** AGAP section 2.10.2. */
    public static final String SEEN = "SEEN";
    /** AGAP section 2.10.2. */
    public static final String ANSWERED = "ANSWERED";
    /** AGAP section 2.10.2. */
    public static final String SPAM = "SPAM";
    /** Section 7.6 searches for it; the same as without SEEN, and nobody sets it. */
    public static final String NEW = "NEW";

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9-]{1,32})(?:=([A-Za-z0-9_.-]{0,32}))?");

    /** Reads {@code NAME} or {@code NAME=value}; empty when it is neither. */
    public static Optional<Tag> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
            ? Optional.of(new Tag(form.group(1).toUpperCase(Locale.ROOT), Optional.ofNullable(form.group(2))))
            : Optional.empty();
    }

    /** As the protocol writes it. */
    @Override
    public String toString() {
        return value.map(text -> name + "=" + text).orElse(name);
    }
}

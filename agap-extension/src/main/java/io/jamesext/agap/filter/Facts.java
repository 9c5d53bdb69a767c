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
package io.jamesext.agap.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;

/** What is known of an item so far. Each field is read once, however many rules ask for it. Not thread-safe. */
final class Facts {
    /** So much of a field is looked at, in all its values together: bounds what one rule costs for one item. */
    static final int MAX_CHARACTERS = 256 * 1024;

    /** A text most often ends with one, which no rule could say. */
    private static final CharMatcher LINE_ENDS = CharMatcher.anyOf("\r\n");

    private final MessageUid uid;
    private final Flags flags;
    private final Function<String, Optional<ImmutableList<String>>> reader;
    private final Map<String, Optional<ImmutableList<String>>> read = new HashMap<>();

    /**
     * What is known.
     *
     * @param reader the values of a field, or empty when it has not been read
     */
    Facts(MessageUid uid, Flags flags, Function<String, Optional<ImmutableList<String>>> reader) {
        this.uid = uid;
        this.flags = flags;
        this.reader = reader;
    }

    MessageUid uid() {
        return uid;
    }

    Flags flags() {
        return flags;
    }

    Optional<ImmutableList<String>> values(String path) {
        return read.computeIfAbsent(path, field -> reader.apply(field).map(Facts::bounded));
    }

    private static ImmutableList<String> bounded(ImmutableList<String> values) {
        ImmutableList.Builder<String> bounded = ImmutableList.builder();
        int left = MAX_CHARACTERS;
        for (String value : values) {
            String head = value.substring(0, Math.min(value.length(), left));
            left -= head.length();
            bounded.add(LINE_ENDS.trimTrailingFrom(head));
        }
        return bounded.build();
    }
}

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
package io.jamesext.ximss.folder;

import java.util.Locale;

/**
 * What a message is sorted by: a number or a text, texts without regard to case.
 *
 * @param number the number, or 0
 * @param text the text, folded, or empty
 */
public record SortKey(long number, String text) implements Comparable<SortKey> {
    /** A view keeps one for each message. */
    private static final int MAX_LENGTH = 256;

    /** Sorts by a number. */
    public static SortKey of(long number) {
        return new SortKey(number, "");
    }

    /** Sorts by a text. */
    public static SortKey of(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        return new SortKey(0, folded.length() > MAX_LENGTH ? folded.substring(0, MAX_LENGTH) : folded);
    }

    @Override
    public int compareTo(SortKey other) {
        int byNumber = Long.compare(number, other.number);
        return byNumber == 0 ? text.compareTo(other.text) : byNumber;
    }
}

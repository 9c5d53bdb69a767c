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
package io.jamesext.dmap.mail;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A name with wildcards: {@code *} stands for anything, {@code %} for anything without a separator. Matching takes time in proportion to
 * both lengths, however the client mixes the wildcards.
 *
 * @param pattern as the client wrote it
 * @param separator that {@code %} does not stand for
 */
public record Wildcards(String pattern, char separator) {
    /** Names are no longer than 255. */
    private static final int MAX_LENGTH = 1000;

    /** TOO_BIG for more than 1000 characters. */
    public Wildcards {
        if (pattern.length() > MAX_LENGTH) {
            throw new ProtocolException(Failure.TOO_BIG, "the pattern is too long");
        }
    }

    /** True when it is this name's. */
    public boolean matches(String name) {
        // reached[n]: the pattern so far matches the first n characters.
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (char wanted : pattern.toCharArray()) {
            boolean[] next = new boolean[reached.length];
            for (int length = 0; length < reached.length; length++) {
                boolean grows = length > 0 && matches(wanted, name.charAt(length - 1));
                next[length] = wanted == '*' || wanted == '%'
                    ? reached[length] || grows && next[length - 1]
                    : grows && reached[length - 1];
            }
            reached = next;
        }
        return reached[name.length()];
    }

    private boolean matches(char wanted, char character) {
        return switch (wanted) {
            case '*' -> true;
            case '%' -> character != separator;
            default -> wanted == character;
        };
    }
}

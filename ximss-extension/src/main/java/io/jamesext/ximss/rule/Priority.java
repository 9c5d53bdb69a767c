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
package io.jamesext.ximss.rule;

import java.util.Locale;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * When a rule's turn is: the higher ones come first.
 *
 * @param level from 0, for a rule that is kept and not applied, to 10
 */
public record Priority(int level) {
    /** Of a new rule that does not say another. */
    public static final Priority MIDDLE = new Priority(5);
    /** Of a rule that is not applied. */
    public static final Priority NONE = new Priority(0);
    private static final int MAX = 10;
    /** Clients of CommuniGate show these words. */
    private static final String INACTIVE = "Inactive";
    private static final String HIGHEST = "Highest";

    /** Checks the level. */
    public Priority {
        if (level < 0 || level > MAX) {
            throw new ProtocolException(Failure.SYNTAX, "a priority is Inactive, 1 to 9, or Highest");
        }
    }

    /**
     * Reads it.
     *
     * @throws ProtocolException when it is none
     */
    public static Priority of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inactive" -> NONE;
            case "highest" -> new Priority(MAX);
            case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" -> new Priority(Integer.parseInt(text));
            default -> new Priority(-1);
        };
    }

    /** Whether a rule of it is applied. */
    public boolean isActive() {
        return level > 0;
    }

    /** As clients know it. */
    public String text() {
        return switch (level) {
            case 0 -> INACTIVE;
            case MAX -> HIGHEST;
            default -> Integer.toString(level);
        };
    }
}

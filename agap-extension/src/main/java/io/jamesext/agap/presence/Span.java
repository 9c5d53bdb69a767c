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
package io.jamesext.agap.presence;

import java.util.Arrays;
import java.util.Locale;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A time as PNFO takes it: AGAP section 4.33, {@code number unit_of_time}.
 *
 * @param number a positive number; section 2.3: of 32 bits with its sign
 */
public record Span(int number, Unit unit) {
    /** Section 4.33. A year has 365 days. */
    public enum Unit {
        /** Seconds. */
        SEC(1, "second"),
        /** Minutes. */
        MIN(60, "minute"),
        /** Hours. */
        HOUR(3600, "hour"),
        /** Days. */
        DAY(86_400, "day"),
        /** Years. */
        YEAR(365 * 86_400, "year");

        private final long seconds;
        private final String word;

        Unit(long seconds, String word) {
            this.seconds = seconds;
            this.word = word;
        }
    }

    /** Reads it; fails when it is none. */
    public static Span parse(String number, String unit) {
        try {
            Span span = new Span(Integer.parseInt(number), Unit.valueOf(unit.toUpperCase(Locale.ROOT)));
            if (span.number > 0) {
                return span;
            }
        } catch (IllegalArgumentException e) {
            // Refused like a number that is not positive.
        }
        throw new ProtocolException(Failure.SYNTAX, "INVALID time (a positive number and one of "
            + String.join(", ", Arrays.stream(Unit.values()).map(known -> known.name().toLowerCase(Locale.ROOT)).toList()) + ")");
    }

    /** Its seconds; far from what a long holds. */
    public long seconds() {
        return number * unit.seconds;
    }

    /** For humans. */
    @Override
    public String toString() {
        return number + " " + unit.word + (number == 1 ? "" : "s");
    }
}

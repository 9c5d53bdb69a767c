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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The order of values, of which the draft says nothing: numbers (section 2.3) by their value, times by the clock, and all else by its code
 * points. Times are those of section 2.11, {@code 2011-06-07T24:00:00Z}, dates without a time (midnight UTC), and those of mail.
 */
final class Ordering {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,10}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern MIDNIGHT = Pattern.compile("(?<day>\\d{4}-\\d\\d-\\d\\d)T24:00:00(?<zone>Z|[+-]\\d\\d:\\d\\d)");
    /** RFC 5322 section 3.3; a comment behind it often names the zone. */
    private static final Pattern MAIL_TIME = Pattern.compile("(?<time>(?:[A-Za-z]{3}, *)?\\d{1,2} [A-Za-z]{3} \\d{4} [\\d:]{5,8} "
        + "(?:GMT|[+-]\\d{4}))(?: *\\([^()]*\\))?");
    /** No time is longer, with its comment. */
    private static final int MAX_TIME = 100;

    private Ordering() {
    }

    static int compare(String value, String operand) {
        String one = value.strip();
        String other = operand.strip();
        OptionalInt oneNumber = number(one);
        OptionalInt otherNumber = number(other);
        if (oneNumber.isPresent() && otherNumber.isPresent()) {
            return Integer.compare(oneNumber.getAsInt(), otherNumber.getAsInt());
        }
        Optional<Instant> oneTime = time(one);
        Optional<Instant> otherTime = time(other);
        if (oneTime.isPresent() && otherTime.isPresent()) {
            return oneTime.get().compareTo(otherTime.get());
        }
        return Arrays.compare(value.codePoints().toArray(), operand.codePoints().toArray());
    }

    private static OptionalInt number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(text);
        return number == (int) number ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    private static Optional<Instant> time(String text) {
        if (text.length() > MAX_TIME) {
            return Optional.empty();
        }
        try {
            var midnight = MIDNIGHT.matcher(text);
            var mail = MAIL_TIME.matcher(text);
            if (midnight.matches()) {
                return Optional.of(OffsetDateTime.parse(midnight.group("day") + "T00:00:00" + midnight.group("zone"))
                    .plusDays(1).toInstant());
            } else if (mail.matches()) {
                return Optional.of(ZonedDateTime.parse(mail.group("time"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            }
            return Optional.of(OffsetDateTime.parse(DATE.matcher(text).matches() ? text + "T00:00:00Z" : text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

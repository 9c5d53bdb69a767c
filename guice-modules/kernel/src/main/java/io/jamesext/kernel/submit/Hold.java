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
package io.jamesext.kernel.submit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.mailet.AttributeName;

/**
 * How long a mail is to be held before it goes out. RFC 4865.
 *
 * @param time from now on; negative when it should have gone out already
 * @param request as RFC 4865 section 5.1.2 wants it in a delivery status notification
 */
public record Hold(Duration time, String request) {
    /** The mail's attribute with the request, for whoever writes a notification. */
    public static final AttributeName REQUEST = AttributeName.of("future-release-request");
    /** As long as James may hold a mail. */
    public static final Duration LONGEST = Duration.ofDays(30);
    /** RFC 4865 section 3: {@code future-release-integer = %x31-39 *8DIGIT}. */
    private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,8}");

    /** HOLDFOR: a number of seconds; empty for what is none. */
    public static Optional<Hold> seconds(String value) {
        return SECONDS.matcher(value).matches() ? Optional.of(new Hold(Duration.ofSeconds(Long.parseLong(value)), "for;" + value))
            : Optional.empty();
    }

    /** HOLDUNTIL: a date-time of RFC 3339 in UTC; empty for what is none. RFC 4865 section 3. */
    public static Optional<Hold> until(String value, Instant now) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(value.toUpperCase(Locale.ROOT));
            return time.getOffset().equals(ZoneOffset.UTC)
                ? Optional.of(new Hold(Duration.between(now, time.toInstant()), "until;" + value))
                : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether James can do it: not in the past, and not for too long. */
    public boolean isPossible() {
        return !time.isNegative() && time.compareTo(LONGEST) <= 0;
    }
}

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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The date/time string of APPEND: RFC 9051's date-time, since draft section 7.3.10 does not say its form. */
public final class DateTime {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder().parseCaseInsensitive()
        .appendPattern("ppd-MMM-uuuu HH:mm:ss xx")
        .toFormatter(Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);

    private DateTime() {
    }

    /** Reads {@code 17-Jul-1996 02:44:25 -0700}; a day below 10 has a space or a zero before it. */
    public static Instant parse(String text) {
        try {
            return ZonedDateTime.parse(text, FORMAT).toInstant();
        } catch (DateTimeException e) {
            throw new ProtocolException(Failure.SYNTAX, "expected a date such as \"17-Jul-1996 02:44:25 -0700\"");
        }
    }
}

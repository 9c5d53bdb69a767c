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

package io.jamesext.lemonade.imap.append;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the date and time of an APPEND. RFC 3501 section 9:
 *
 * <pre>
 * date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
 * </pre>
 *
 * <p>James's own reader takes the 31st of February, and loses an hour where the server's zone changes to winter time.
 */
final class InternalDate {
    private static final Pattern DATE_TIME = Pattern.compile(
        "( \\d|\\d\\d)-([A-Za-z]{3})-(\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d) ([+-])(\\d\\d)(\\d\\d)");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int MINUTES_OF_AN_HOUR = 60;
    private static final int HOURS_OF_A_DAY = 24;

    private InternalDate() {
    }

    /**
     * Reads what stands between the quotes.
     *
     * @throws DateTimeException when it is no date, or none of the calendar
     */
    static Date parse(String text) {
        Matcher matcher = DATE_TIME.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("no date-time");
        }
        LocalDateTime local = LocalDateTime.of(Integer.parseInt(matcher.group(3)),
            MONTHS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1, Integer.parseInt(matcher.group(1).strip()),
            Integer.parseInt(matcher.group(4)), Integer.parseInt(matcher.group(5)), Integer.parseInt(matcher.group(6)));
        int hours = Integer.parseInt(matcher.group(8));
        int minutes = Integer.parseInt(matcher.group(9));
        if (hours >= HOURS_OF_A_DAY || minutes >= MINUTES_OF_AN_HOUR) {
            throw new DateTimeException("no zone");
        }
        int east = (matcher.group(7).equals("-") ? -1 : 1) * (hours * MINUTES_OF_AN_HOUR + minutes);
        return Date.from(local.minusMinutes(east).toInstant(ZoneOffset.UTC));
    }
}

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

package io.jamesext.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5256 section 2.2, RFC 5322 sections 3.3 and 4.3. */
class SentDateTest {
    /** The first one is the text's example. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "31 Dec 2000 16:01:33 -0800|2001-01-01T00:01:33Z",
        "Fri, 21 Nov 1997 09:55:06 -0600|1997-11-21T15:55:06Z",
        "Thu,      13     Feb    1969   23:32     -0330 (Newfoundland Time)|1969-02-14T03:02:00Z",
        "21 Nov 97 09:55:06 GMT|1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600|1997-11-21T15:55:06Z",
        "Fri, (a (b) c) 21 Nov 1997 09:55:06 EST|1997-11-21T14:55:06Z",
        "1 Jan 49 00:00:00 +0000|2049-01-01T00:00:00Z",
        "1 Jan 50 00:00:00 +0000|1950-01-01T00:00:00Z",
        "1 Jan 104 00:00:00 +0000|2004-01-01T00:00:00Z",
        "1 Jan 2000 23:59:60 +0000|2000-01-02T00:00:00Z",
        "1-Jan-2000 10:00 +0130|2000-01-01T08:30:00Z",
        // An invalid zone is UTC.
        "1 Jan 2000 10:00:00|2000-01-01T10:00:00Z",
        "1 Jan 2000 10:00:00 +0260|2000-01-01T10:00:00Z",
        "1 Jan 2000 10:00:00 Z|2000-01-01T10:00:00Z",
        "1 Jan 2000 10:00:00 A|2000-01-01T10:00:00Z",
        "1 Jan 2000 10:00:00 XYZ|2000-01-01T10:00:00Z",
        "1 Jan 2000 10:00:00 -0000|2000-01-01T10:00:00Z",
        // An invalid time is 00:00:00.
        "1 Jan 2000|2000-01-01T00:00:00Z",
        "1 Jan 2000 noon|2000-01-01T00:00:00Z",
        "1 Jan 2000 25:00:00|2000-01-01T00:00:00Z",
        "1 Jan 2000 10:61:00|2000-01-01T00:00:00Z",
        "1 Jan 2000 10:00:61|2000-01-01T00:00:00Z",
    })
    void dateShouldBeThatInUtc(String field, Instant sent) {
        assertThat(SentDate.of(field).map(SentDate::second)).hasValue(sent.getEpochSecond());
    }

    /** RFC 3501 section 6.4.4: "disregarding time and timezone". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Wed, 1 Jan 2020 23:30:00 EST|2020-01-01",
        "Wed 1 Jan 2020 23:30:00 -0600|2020-01-01",
        "Fri, (x) 21 Nov 1997 23:30 -0600|1997-11-21",
        "1 Jan 65 00:30:00 +0100|1965-01-01",
        "1 Jan 2000 noon|2000-01-01",
    })
    void dayShouldBeThatOfTheField(String field, LocalDate day) {
        assertThat(SentDate.of(field).map(SentDate::day)).hasValue(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Fri, 21 Foo 1997 09:55:06 -0600", "31 Feb 2000 10:00:00 +0000", "0 Jan 2000", "1 Jan 20000",
        "1 Jan 0 10:00:00", "(1 Jan 2000", "21 Nov"})
    void whatNamesNoDayShouldBeNone(String field) {
        assertThat(SentDate.of(field)).isEmpty();
    }

    @Test
    void hostileFieldsShouldBeNone() {
        for (String piece : new String[] {"(", ")", "()", " ", "1 ", "a", "1 Jan ", "\\"}) {
            assertThat(SentDate.of(piece.repeat(200_000))).isEmpty();
        }
    }
}

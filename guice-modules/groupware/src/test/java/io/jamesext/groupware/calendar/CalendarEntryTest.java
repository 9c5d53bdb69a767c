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
package io.jamesext.groupware.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When items are: the examples of RFC 5545 section 3.8.5.3 among others, and what must have an end. */
class CalendarEntryTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final String OUTLOOK = """
        BEGIN:VTIMEZONE
        TZID:Somewhere Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        """;

    private static CalendarEntry entry(String lines) {
        return CalendarReader.read("BEGIN:VCALENDAR\n" + lines + "END:VCALENDAR\n").flatMap(CalendarEntry::of).orElseThrow();
    }

    private static CalendarEntry event(String lines) {
        return entry("BEGIN:VEVENT\nUID:1\n" + lines + "\nEND:VEVENT\n");
    }

    private static List<String> between(CalendarEntry entry, String from, String till) {
        return entry.between(instant(from), instant(till), NEW_YORK, new Recurrence.Budget()).stream()
            .map(occurrence -> LocalDateTime.ofInstant(occurrence.start().orElseThrow(), NEW_YORK).toString())
            .sorted()
            .toList();
    }

    private static Instant instant(String day) {
        return LocalDate.parse(day).atStartOfDay(NEW_YORK).toInstant();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "19970902T090000 | FREQ=DAILY;COUNT=10 | 1997-09-10 | 1997-10-10 | 1997-09-10T09:00,1997-09-11T09:00",
        "19970902T090000 | FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997-09-20 | 1998-01-01 | 1997-09-22T09:00,1997-10-02T09:00,1997-10-12T09:00",
        "19970902T090000 | FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH | 1997-09-28 | 1997-12-01 "
            + "| 1997-09-30T09:00,1997-10-02T09:00",
        "19970902T090000 | FREQ=WEEKLY;INTERVAL=2;WKST=SU | 1998-01-01 | 1998-02-01 | 1998-01-06T09:00,1998-01-20T09:00",
        "19970905T090000 | FREQ=MONTHLY;COUNT=10;BYDAY=1FR | 1998-05-01 | 1999-01-01 | 1998-05-01T09:00,1998-06-05T09:00",
        "19970928T090000 | FREQ=MONTHLY;BYMONTHDAY=-3 | 1998-01-01 | 1998-03-01 | 1998-01-29T09:00,1998-02-26T09:00",
        "19970929T090000 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-12-01 | 1998-02-01 | 1997-12-30T09:00,1998-01-29T09:00",
        "19970610T090000 | FREQ=YEARLY;COUNT=10;BYMONTH=6,7 | 2001-01-01 | 2010-01-01 | 2001-06-10T09:00,2001-07-10T09:00",
        "19970512T090000 | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1999-01-01 | 2000-01-01 | 1999-05-17T09:00",
        "19961105T090000 | FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 2004-01-01 | 2005-01-01 "
            + "| 2004-11-02T09:00",
        "19970902T090000 | FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z | 1997-09-02 | 1997-09-04 | 1997-09-02T09:00,1997-09-02T12:00",
        "19970902T090000 | FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0 | 2025-01-01 | 2025-01-02 | 2025-01-01T09:00,2025-01-01T15:00",
        "20250131T090000 | FREQ=MONTHLY | 2025-02-01 | 2025-06-01 | 2025-03-31T09:00,2025-05-31T09:00",
        "20000229T090000 | FREQ=YEARLY | 2021-01-01 | 2025-01-01 | 2024-02-29T09:00",
        "20250101T090000 | FREQ=WEEKLY;UNTIL=20250108 | 2025-01-01 | 2026-01-01 | 2025-01-01T09:00,2025-01-08T09:00"})
    void rulesShouldMeanWhatTheStandardSays(String start, String rule, String from, String till, String expected) {
        assertThat(between(event("DTSTART;TZID=America/New_York:" + start + "\nRRULE:" + rule), from, till))
            .containsExactly(expected.split(","));
    }

    @Test
    void datesShouldBeAddedAndLeftOut() {
        CalendarEntry entry = event("DTSTART;TZID=America/New_York:20250101T090000\nRRULE:FREQ=DAILY;COUNT=4\n"
            + "RDATE;TZID=America/New_York:20250201T090000,20250202T090000\nEXDATE:20250102T140000Z\nEXDATE;VALUE=DATE:20250103");
        assertThat(between(entry, "2025-01-01", "2025-02-02")).containsExactly("2025-01-01T09:00", "2025-01-04T09:00", "2025-02-01T09:00");
    }

    @Test
    void localTimeShouldStayOverSummerTime() {
        assertThat(between(event("DTSTART;TZID=Europe/Paris:20250327T090000\nRRULE:FREQ=DAILY"), "2025-03-29", "2025-03-31"))
            .containsExactly("2025-03-29T04:00", "2025-03-30T03:00");
    }

    @Test
    void zoneOfTheCalendarsOwnShouldBeUnderstood() {
        CalendarEntry entry = entry(OUTLOOK + "BEGIN:VEVENT\nDTSTART;TZID=Somewhere Standard Time:20250327T090000\nRRULE:FREQ=DAILY\n"
            + "END:VEVENT\n");
        assertThat(between(entry, "2025-03-29", "2025-03-31")).containsExactly("2025-03-29T04:00", "2025-03-30T03:00");
    }

    /** Our own definition of a zone, under a name that Java does not have, against Java's. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Asia/Jerusalem", "America/Santiago"})
    void definitionOfAZoneShouldMeanTheZone(String name) {
        CalendarComponent named = ZoneDefinition.complete(CalendarComponent.calendar(List.of(CalendarComponent.of("VEVENT",
            List.of(CalendarProperty.raw("DTSTART", "20260101T120000").with("TZID", name)), List.of()))), instant("2026-01-01"));
        CalendarComponent zone = CalendarReader.read(CalendarWriter.write(named).replace("TZID:" + name, "TZID:Unheard of")).orElseThrow();
        CalendarZones zones = new CalendarZones(zone, NEW_YORK);
        Recurrence.Budget budget = new Recurrence.Budget();
        for (LocalDateTime time = LocalDateTime.parse("2026-01-01T12:00"); time.getYear() < 2030; time = time.plusDays(1)) {
            assertThat(zones.instant(new CalendarTime(time, false, "Unheard of"), budget))
                .isEqualTo(time.atZone(ZoneId.of(name)).toInstant());
        }
    }

    @Test
    void otherTimeShouldComeInThePlaceOfOne() {
        CalendarEntry entry = entry("BEGIN:VEVENT\nUID:1\nDTSTART:20250101T140000Z\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20250102T140000Z\nDTSTART:20250109T140000Z\nEND:VEVENT\n");
        assertThat(between(entry, "2025-01-01", "2025-02-01")).containsExactly("2025-01-01T09:00", "2025-01-09T09:00");
    }

    @Test
    void wholeDaysShouldBeDays() {
        Occurrence day = event("DTSTART;VALUE=DATE:20250309").between(instant("2025-03-09"), instant("2025-03-10"), NEW_YORK,
            new Recurrence.Budget()).get(0);
        assertThat(day.day()).contains(LocalDate.parse("2025-03-09"));
        // The day on which summer time begins has 23 hours.
        assertThat(Duration.between(day.start().orElseThrow(), day.end())).isEqualTo(Duration.ofHours(23));
        assertThat(between(event("DTSTART;VALUE=DATE:20250309"), "2025-03-10", "2025-03-11")).isEmpty();
    }

    /**
     * The seconds of centuries, more digits than a number has, steps that go backwards, and rules that never come true: none of them is
     * gone through, or gives more than the first time.
     */
    @ParameterizedTest
    @ValueSource(strings = {"FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=2000000000", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=2147483647", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;COUNT=99999999999999",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
        "FREQ=DAILY;RSCALE=HEBREW", "FREQ", "FREQ=", ";;;", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYDAY=XX", "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;BYHOUR=1000000000000", "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-366;BYSETPOS=366"})
    void hostileRulesShouldHaveAnEnd(String rule) {
        assertThat(times("00010101T000000Z", rule)).isEmpty();
        assertThat(times("20250105T000000Z", rule)).containsExactly(instant("2025-01-04").plus(Duration.ofHours(19)));
        assertThat(times("99991231T235959Z", rule)).isEmpty();
    }

    private static List<Instant> times(String start, String rule) {
        return assertTimeoutPreemptively(Duration.ofSeconds(5), () -> event("DTSTART:" + start + "\nRRULE:" + rule)
            .between(instant("2025-01-01"), instant("2027-12-01"), NEW_YORK, new Recurrence.Budget()).stream()
            .map(occurrence -> occurrence.start().orElseThrow()).toList());
    }

    /** Those that can be read and are too frequent: ical4j is not asked at all. */
    @ParameterizedTest
    @ValueSource(strings = {"FREQ=SECONDLY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9"})
    void frequentRulesShouldNotBeGoneThrough(String rule) {
        LocalDateTime from = LocalDateTime.parse("2025-01-01T00:00");
        Recurrence.Budget budget = new Recurrence.Budget();
        assertThat(Recurrence.parse(rule).orElseThrow().between(from, from, from.plusYears(3), budget)).isEmpty();
        budget.spend(200_000);
    }

    /** So many values that the product of their numbers is more than a number has: what ical4j would make of them is more than the heap. */
    @Test
    void longListsShouldNotBeGoneThrough() {
        String many = "=1" + ",1".repeat(136);
        String rule = "FREQ=MONTHLY;COUNT=9;BYMONTH" + many + ";BYYEARDAY" + many + ";BYMONTHDAY" + many + ";BYDAY=MO" + ",MO".repeat(90)
            + ";BYHOUR" + many + ";BYMINUTE" + many + ";BYSECOND" + many;

        assertThat(rule).hasSizeLessThan(2_001);
        assertThat(Recurrence.parse(rule).orElseThrow().isBounded()).isFalse();
        assertThat(between(event("DTSTART:00010101T000000\nRRULE:" + rule), "2025-01-01", "2025-02-01")).isEmpty();
    }

    @Test
    void zoneOfManyPartsShouldBeLookedUpAtOnce() {
        CalendarEntry entry = event("DTSTART;TZID=" + "/".repeat(900_000) + "No/Where:20250101T090000");
        long begin = System.nanoTime();
        assertThat(between(entry, "2025-01-01", "2025-02-01")).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void frequentRulesShouldBeTold() {
        assertThat(Recurrence.parse("FREQ=SECONDLY").orElseThrow().isBounded()).isFalse();
        assertThat(Recurrence.parse("FREQ=SECONDLY;COUNT=100").orElseThrow().isBounded()).isTrue();
        assertThat(Recurrence.parse("FREQ=MINUTELY;INTERVAL=15").orElseThrow().isBounded()).isTrue();
        assertThat(Recurrence.parse("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU").orElseThrow().isBounded()).isTrue();
    }

    /** So many that the rest of the budget is gone: those after them that cost little are there all the same. */
    @Test
    void costlyItemsShouldNotUseUpWhatOthersNeed() {
        CalendarEntry hourly = event("DTSTART:20250101T000000Z\nRRULE:FREQ=HOURLY");
        Recurrence.Budget budget = new Recurrence.Budget();
        for (int i = 0; i < 1000; i++) {
            int times = hourly.between(instant("2025-01-01"), instant("2027-12-01"), NEW_YORK, budget).size();
            assertThat(times).isEqualTo(i < 81 ? 25_536 : 0);
        }
        assertThat(event("DTSTART:20250101T140000Z\nRRULE:FREQ=DAILY").between(instant("2025-01-01"), instant("2027-01-01"), NEW_YORK,
            budget)).hasSize(730);
    }

    /** Each of its dates asks each of its zone's rules. */
    @Test
    void itemThatCostsTooMuchShouldBeAsIfItDidNotRecur() {
        String zone = "BEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:+0100\nRRULE:FREQ=DAILY\nEND:STANDARD\n".repeat(900);
        CalendarEntry entry = entry("BEGIN:VTIMEZONE\nTZID:Own\n" + zone + "END:VTIMEZONE\nBEGIN:VEVENT\nUID:1\n"
            + "DTSTART;TZID=Own:20250101T090000\nRDATE;TZID=Own:20250102T090000" + ",20250103T090000".repeat(9_000) + "\nEND:VEVENT\n");
        assertThat(between(entry, "2025-01-01", "2025-02-01")).containsExactly("2025-01-01T09:00");
    }
}

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

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.common.base.Splitter;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import net.fortuna.ical4j.model.Recur;

/**
 * A recurrence rule, RFC 5545 section 3.3.10. ical4j finds the times, in local time. As it goes through all there are, even those that a
 * rule then leaves out, what it may go through is limited beforehand: a rule is a short text and can mean each second of a thousand years.
 */
public final class Recurrence {
    /** For one rule at once: each day of 270 years, or each second of a day. */
    private static final long MAX_CANDIDATES = 100_000;
    private static final int MAX_TEXT = 2_000;
    private static final long MAX_INTERVAL = 10_000;
    private static final int LAST_DAY_OF_ALL_MONTHS = 28;
    private static final Map<String, ChronoUnit> UNITS = Map.of("SECONDLY", ChronoUnit.SECONDS, "MINUTELY", ChronoUnit.MINUTES,
        "HOURLY", ChronoUnit.HOURS, "DAILY", ChronoUnit.DAYS, "WEEKLY", ChronoUnit.WEEKS, "MONTHLY", ChronoUnit.MONTHS,
        "YEARLY", ChronoUnit.YEARS);
    private static final Set<String> PARTS = Set.of("FREQ", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY",
        "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST");
    private static final List<String> DATES = List.of("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY");

    private final Recur<LocalDateTime> rule;
    private final Map<String, String> parts;
    private final ChronoUnit unit;
    private final long interval;
    private final Optional<Integer> count;
    private final Optional<CalendarTime> until;

    /**
     * What one request may go through, with all its items. Each has a little of its own, each day of two years and more, which the others
     * cannot use up; and the most that an item may take of the rest is a tenth.
     */
    public static final class Budget {
        private static final long ALL = 2_000_000;
        private static final long EACH = 1_000;
        private static final long MOST = ALL / 10;
        private long common = ALL;
        private long own = EACH;
        private long left = MOST;

        /** What is spent from now on is another item's. */
        void next() {
            own = EACH;
            left = MOST;
        }

        /**
         * Takes some.
         *
         * @throws ProtocolException when it is more than is left for this item; what is left for the others stays as it is
         */
        void spend(long candidates) {
            long ofCommon = Math.max(candidates - own, 0);
            if (candidates > left || ofCommon > common) {
                throw new ProtocolException(Failure.TOO_BIG, "the item recurs too often");
            }
            left -= candidates;
            own -= candidates - ofCommon;
            common -= ofCommon;
        }
    }

    private Recurrence(Recur<LocalDateTime> rule, Map<String, String> parts) {
        this.rule = rule;
        this.parts = parts;
        this.unit = UNITS.getOrDefault(parts.get("FREQ"), ChronoUnit.DAYS);
        this.interval = number("INTERVAL").orElse(1);
        this.count = number("COUNT");
        this.until = Optional.ofNullable(parts.get("UNTIL")).flatMap(text -> CalendarTime.parse(text, ""));
    }

    private Optional<Integer> number(String part) {
        return Optional.ofNullable(parts.get(part)).map(Integer::valueOf);
    }

    /** Reads a rule; nothing where it is none, or one that is not understood. */
    public static Optional<Recurrence> parse(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder rule = new StringBuilder();
        for (String part : Splitter.on(';').omitEmptyStrings().split(text.length() > MAX_TEXT ? "" : text.toUpperCase(Locale.US).strip())) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0));
            if (equals < 0 || parts.put(name, part.substring(equals + 1)) != null) {
                return Optional.empty();
            }
            if (PARTS.contains(name)) {
                rule.append(rule.length() == 0 ? "" : ";").append(part);
            } else if (!name.equals("COUNT") && !name.equals("UNTIL")) {
                return Optional.empty();
            }
        }
        boolean numbered = List.of("INTERVAL", "COUNT").stream().map(parts::get)
            .allMatch(number -> number == null || number.matches("[1-9][0-9]{0,5}"));
        boolean ends = parts.get("UNTIL") == null || CalendarTime.parse(parts.get("UNTIL"), "").isPresent();
        if (!numbered || !ends || !UNITS.containsKey(parts.getOrDefault("FREQ", ""))) {
            return Optional.empty();
        }
        try {
            Recurrence recurrence = new Recurrence(new Recur<>(rule.toString(), false), parts);
            return recurrence.interval > MAX_INTERVAL ? Optional.empty() : Optional.of(recurrence);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** When it ends; a date ends with its day. */
    Optional<CalendarTime> until() {
        return until;
    }

    /**
     * The times of the rule.
     *
     * @param seed when it begins; this is the first time, whatever the rule says (RFC 5545 section 3.8.5.3)
     * @param from the first time of interest; some before it may be given too
     * @param till the last one
     * @return nothing when the rule has too many times to go through
     */
    Optional<List<LocalDateTime>> between(LocalDateTime seed, LocalDateTime from, LocalDateTime till, Budget budget) {
        LocalDateTime first = forward(seed, from);
        long steps = till.isBefore(first) ? 0 : unit.between(first, till) / interval + 2;
        long candidates = (isPlain() ? Math.min(steps, count.orElse(Integer.MAX_VALUE)) : steps) * perStep();
        if (candidates > MAX_CANDIDATES) {
            return Optional.empty();
        }
        budget.spend(candidates);
        List<LocalDateTime> times = new ArrayList<>();
        if (!till.isBefore(seed)) {
            times.add(seed);
            try {
                rule.getDates(first, first, till, count.orElse(-1)).stream().filter(time -> !time.equals(seed)).forEach(times::add);
            } catch (DateTimeException | ArithmeticException e) {
                // Beyond the years that Java has.
                return Optional.of(times);
            }
        }
        return Optional.of(count.map(most -> times.subList(0, Math.min(most, times.size()))).orElse(times));
    }

    /** True when a rule has no more times in a year than are gone through at once. */
    public boolean isBounded() {
        long steps = unit.between(LocalDateTime.MIN, LocalDateTime.MIN.plusYears(1)) / interval;
        return (isPlain() ? Math.min(steps, count.orElse(Integer.MAX_VALUE)) : steps) * perStep() <= MAX_CANDIDATES;
    }

    /** The seed moved near to where the times are wanted, so that the rule gives the same ones there. */
    private LocalDateTime forward(LocalDateTime seed, LocalDateTime from) {
        // Some months lack the last days, and a rule may take its day from the seed.
        boolean saysDay = parts.containsKey("BYDAY") || parts.containsKey("BYMONTHDAY");
        boolean isFixed = unit.compareTo(ChronoUnit.WEEKS) <= 0
            || (saysDay || seed.getDayOfMonth() <= LAST_DAY_OF_ALL_MONTHS) && !parts.containsKey("BYWEEKNO");
        long steps = unit.between(seed, from) / interval - 1;
        return count.isPresent() || !isFixed || steps <= 0 ? seed : seed.plus(steps * interval, unit);
    }

    private boolean isPlain() {
        return parts.keySet().stream().noneMatch(name -> name.startsWith("BY"));
    }

    /** How many times at most ical4j makes of each step, before any are left out. */
    private long perStep() {
        long each = 1;
        if (unit.compareTo(ChronoUnit.WEEKS) >= 0) {
            for (String part : DATES) {
                each = times(each, size(part));
            }
            if (parts.containsKey("BYDAY")) {
                // Weekdays of a year or a month; beside days of one they only leave some of these out.
                boolean isFilter = parts.containsKey("BYMONTHDAY") || parts.containsKey("BYYEARDAY");
                int days = unit == ChronoUnit.YEARS && !parts.containsKey("BYMONTH") ? 53 : 5;
                each = times(each, isFilter || unit == ChronoUnit.WEEKS ? 1 : days);
            }
        }
        each = times(each, unit.compareTo(ChronoUnit.HOURS) > 0 ? size("BYHOUR") : 1);
        each = times(each, unit.compareTo(ChronoUnit.MINUTES) > 0 ? size("BYMINUTE") : 1);
        return times(each, unit.compareTo(ChronoUnit.SECONDS) > 0 ? size("BYSECOND") : 1);
    }

    /** No more than what is too much already: the seconds of all years that have four digits times that is no overflow. */
    private static long times(long each, long more) {
        return Math.min(each * more, MAX_CANDIDATES + 1);
    }

    private long size(String part) {
        return Optional.ofNullable(parts.get(part)).map(list -> list.chars().filter(c -> c == ',').count() + 1).orElse(1L);
    }
}

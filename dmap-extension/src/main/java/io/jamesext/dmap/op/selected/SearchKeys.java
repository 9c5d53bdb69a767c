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
package io.jamesext.dmap.op.selected;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.mail.Flags;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Reads criteria of SEARCH. Draft section 7.6.3. */
final class SearchKeys {
    /** How deep parentheses, NOT and OR may be nested; the stack grows with each. */
    private static final int MAX_DEPTH = 50;
    /** How many criteria there may be: each is held against each message. */
    private static final int MAX_KEYS = 500;
    private static final Pattern DATE = Pattern.compile("(?<day>\\d{1,2})-(?<month>[A-Za-z]{3})-(?<year>\\d{4})");

    private enum Month { JAN, FEB, MAR, APR, MAY, JUN, JUL, AUG, SEP, OCT, NOV, DEC }

    private final DmapReader arguments;
    private int depth;
    private int keys;
    private boolean namesModSeq;
    private boolean namesNumbers;

    SearchKeys(DmapReader arguments) {
        this.arguments = arguments;
    }

    /** All criteria up to the end; each comes after one space. */
    SearchKey rest() {
        ImmutableList.Builder<SearchKey> keys = ImmutableList.builder();
        do {
            keys.add(argument());
        } while (arguments.sees(' '));
        return new SearchKey.And(keys.build());
    }

    /** True when MODSEQ was among the criteria read. */
    boolean namesModSeq() {
        return namesModSeq;
    }

    /** True when a set of message numbers was among them. */
    boolean namesNumbers() {
        return namesNumbers;
    }

    private SearchKey argument() {
        arguments.expectSpace();
        return key();
    }

    private SearchKey key() {
        if (++depth > MAX_DEPTH) {
            throw new ProtocolException(Failure.TOO_BIG, "the criteria are nested too deeply");
        }
        if (++keys > MAX_KEYS) {
            throw new ProtocolException(Failure.TOO_BIG, "there are too many criteria");
        }
        SearchKey key = arguments.accept('(') ? new SearchKey.And(arguments.restOfList(this::key)) : simple();
        depth--;
        return key;
    }

    private SearchKey simple() {
        if (arguments.seesDigit() || arguments.sees('*')) {
            namesNumbers = true;
            return new SearchKey.Numbers(arguments.expectSequenceSet(), false);
        }
        String word = arguments.expectWord("a search key");
        return switch (word) {
            case "ALL" -> new SearchKey.And(ImmutableList.of());
            case "BEFORE" -> new SearchKey.Dated(LocalDate.MIN, date());
            case "DELETED" -> new SearchKey.Flagged(Flags.Flag.DELETED, true);
            case "LARGER" -> new SearchKey.Sized(1, arguments.expectSpace().expectNumber());
            case "MODSEQ" -> {
                namesModSeq = true;
                yield new SearchKey.ChangedFrom(arguments.expectSpace().expectNumber());
            }
            case "NOT" -> new SearchKey.Not(argument());
            case "ON" -> on(date());
            case "OR" -> new SearchKey.Or(argument(), argument());
            case "SEEN" -> new SearchKey.Flagged(Flags.Flag.SEEN, true);
            case "SINCE" -> new SearchKey.Dated(date(), LocalDate.MAX);
            case "SMALLER" -> new SearchKey.Sized(-1, arguments.expectSpace().expectNumber());
            case "UID" -> new SearchKey.Numbers(arguments.expectSpace().expectSequenceSet(), true);
            case "UNDELETED" -> new SearchKey.Flagged(Flags.Flag.DELETED, false);
            case "UNSEEN" -> new SearchKey.Flagged(Flags.Flag.SEEN, false);
            // The server of the other modes cannot read content, so IMAP's keys on content are not DMAP's. Draft section 7.6.3, NO.
            default -> throw new ProtocolException(Failure.NOT_SUPPORTED, "can't search that criteria");
        };
    }

    private static SearchKey on(LocalDate day) {
        return new SearchKey.Dated(day, day.plusDays(1));
    }

    /** {@code 1-Feb-2015}, as in the draft's example. */
    private LocalDate date() {
        String text = arguments.expectSpace().expectAstring("a date");
        Matcher matcher = DATE.matcher(text);
        ProtocolException noDate = new ProtocolException(Failure.SYNTAX, "expected a date such as 1-Feb-2015");
        if (!matcher.matches()) {
            throw noDate;
        }
        Month month = Enums.getIfPresent(Month.class, matcher.group("month").toUpperCase(Locale.US)).toJavaUtil()
            .orElseThrow(() -> noDate);
        try {
            return LocalDate.of(Integer.parseInt(matcher.group("year")), month.ordinal() + 1, Integer.parseInt(matcher.group("day")));
        } catch (DateTimeException e) {
            throw noDate;
        }
    }
}

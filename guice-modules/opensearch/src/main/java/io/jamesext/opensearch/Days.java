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
package io.jamesext.opensearch;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.DateComparator;
import org.opensearch.client.opensearch._types.query_dsl.Query;

/**
 * The span of time that a date criterion of James names: {@code from}, up to but without {@code until}. James's IMAP gives the day in UTC
 * with some time in it, and shows INTERNALDATE in UTC; so the day begins at midnight UTC.
 */
record Days(DateComparator comparator, ZonedDateTime from, ZonedDateTime until, boolean wholeDays) {
    static Days of(SearchQuery.DateOperator operator) {
        ZonedDateTime date = operator.getDate().toInstant().atZone(ZoneOffset.UTC);
        ZonedDateTime day = date.truncatedTo(ChronoUnit.DAYS);
        return switch (operator.getDateResultion()) {
            case Second -> span(operator, date.truncatedTo(ChronoUnit.SECONDS), ChronoUnit.SECONDS);
            case Minute -> span(operator, date.truncatedTo(ChronoUnit.MINUTES), ChronoUnit.MINUTES);
            case Hour -> span(operator, date.truncatedTo(ChronoUnit.HOURS), ChronoUnit.HOURS);
            case Day -> span(operator, day, ChronoUnit.DAYS);
            case Month -> span(operator, day.withDayOfMonth(1), ChronoUnit.MONTHS);
            case Year -> span(operator, day.withDayOfYear(1), ChronoUnit.YEARS);
        };
    }

    private static Days span(SearchQuery.DateOperator operator, ZonedDateTime from, ChronoUnit unit) {
        return new Days(operator.getType(), from, from.plus(1, unit), unit.compareTo(ChronoUnit.DAYS) >= 0);
    }

    /** On a field of instants. */
    Query instants(String field) {
        return compare(field, from.toInstant().toEpochMilli(), until.toInstant().toEpochMilli());
    }

    /** On when the message was sent: RFC 3501 section 6.4.4 compares whole days with the day that the Date field itself names. */
    Query sent() {
        return wholeDays ? compare("sentDay", from.toLocalDate().toString(), until.toLocalDate().toString()) : instants("sentDate");
    }

    private Query compare(String field, Object low, Object high) {
        return switch (comparator) {
            case BEFORE -> Queries.below(field, low);
            case AFTER -> Queries.from(field, high);
            case ON -> Queries.all(List.of(Queries.from(field, low), Queries.below(field, high)));
        };
    }
}

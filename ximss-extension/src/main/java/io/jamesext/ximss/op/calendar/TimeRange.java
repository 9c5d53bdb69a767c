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
package io.jamesext.ximss.op.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.Element;

/**
 * The attributes timeFrom and timeTill, which clients write as a day or as a time.
 *
 * @param from the first instant
 * @param till the first one after it
 */
record TimeRange(Instant from, Instant till) {
    /** So many recurrences have to be found. */
    private static final int MAX_DAYS = 3 * 366;
    private static final int DAY_LENGTH = "20070401".length();

    /** As the client writes it, who need not say a zone. */
    record Written(String from, String till) {
        static Written parse(Element element) {
            return new Written(element.required("timeFrom"), element.required("timeTill"));
        }

        TimeRange in(ZoneId zone) {
            TimeRange range = new TimeRange(time(from, zone), time(till, zone));
            if (range.till.isBefore(range.from)) {
                throw new ProtocolException(Failure.SYNTAX, "timeTill is before timeFrom");
            }
            if (Duration.between(range.from, range.till).toDays() > MAX_DAYS) {
                throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_DAYS + " days");
            }
            return range;
        }
    }

    private static Instant time(String text, ZoneId zone) {
        return Times.parse(text.length() == DAY_LENGTH ? text + "T000000" : text, zone);
    }
}

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
package io.jamesext.ximss.reply;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * What is in a calendar in a time.
 *
 * @param calendar the calendar's name
 * @param zone of all times
 * @param items in the order in which they are shown
 */
public record CalendarListing(String calendar, Instant from, Instant till, ZoneId zone, List<ListedItem> items) {
    void writeTo(XimssWriter writer, String element, BiConsumer<ListedItem, XimssWriter> each) {
        writer.open(element)
            .attribute("calendar", calendar)
            .attribute("items", items.size())
            .attribute("timeFrom", Times.basic(from, zone))
            .attribute("timeTill", Times.basic(till, zone));
        items.forEach(item -> {
            each.accept(item, writer);
            item.details().summary().ifPresent(summary -> writer.open("summary").text(summary).close());
            writer.close();
        });
        writer.close();
    }
}

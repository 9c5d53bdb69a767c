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

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * The events of a time, as clients of CommuniGate read them: dateFrom of those of whole days, timeFrom of the others, the duration in
 * seconds.
 */
public record CalendarEvents(CalendarListing listing) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        listing.writeTo(writer, "events", this::write);
    }

    private void write(ListedItem event, XimssWriter writer) {
        ListedItem.Details details = event.details();
        writer.open("event").attribute("UID", event.uid()).attribute("itemUID", details.itemUid());
        if (event.day().isPresent()) {
            writer.attribute("dateFrom", DateTimeFormatter.BASIC_ISO_DATE.format(event.day().get()));
        } else {
            writer.attribute("timeFrom", Times.basic(event.start().orElseThrow(), listing.zone()));
        }
        writer.attribute("duration", Duration.between(event.start().orElseThrow(), event.end()).toSeconds())
            .attribute("busystatus", details.busyStatus())
            .attribute("priority", details.priority().map(String::valueOf))
            .attribute("organizer", details.organizer())
            .attribute("attendees", Optional.of(details.guests()).filter(guests -> guests > 0).map(String::valueOf));
    }
}

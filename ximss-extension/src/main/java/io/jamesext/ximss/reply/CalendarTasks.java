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

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/** The tasks of a time, as clients of CommuniGate read them. */
public record CalendarTasks(CalendarListing listing) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        listing.writeTo(writer, "tasks", this::write);
    }

    private void write(ListedItem task, XimssWriter writer) {
        ListedItem.Details details = task.details();
        writer.open("task")
            .attribute("UID", task.uid())
            .attribute("itemUID", details.itemUid())
            .attribute("timeFrom", task.start().filter(start -> details.hasStart()).map(start -> Times.basic(start, listing.zone())));
        if (details.hasEnd()) {
            writer.attribute("due", Times.basic(task.end(), listing.zone()));
        }
        writer.attribute("percent-complete", details.percent())
            .attribute("priority", details.priority().map(String::valueOf))
            .attribute("organizer", details.organizer());
    }
}

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

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.Occurrence;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * The tasks of a time, as clients of CommuniGate read them.
 *
 * @param calendar the calendar's name
 * @param zone of all times
 */
public record CalendarTasks(String calendar, Instant from, Instant till, List<Task> tasks, ZoneId zone) implements DataMessage {
    /**
     * One of them.
     *
     * @param uid the UID of its message
     */
    public record Task(long uid, Occurrence occurrence) {
    }

    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("tasks")
            .attribute("calendar", calendar)
            .attribute("items", tasks.size())
            .attribute("timeFrom", Times.basic(from, zone))
            .attribute("timeTill", Times.basic(till, zone));
        tasks.forEach(task -> write(task, writer));
        writer.close();
    }

    private void write(Task task, XimssWriter writer) {
        CalendarComponent component = task.occurrence.component();
        writer.open("task")
            .attribute("UID", task.uid)
            .attribute("itemUID", component.text("UID"))
            .attribute("timeFrom", task.occurrence.start().filter(start -> component.first("DTSTART").isPresent())
                .map(start -> Times.basic(start, zone)));
        if (component.first("DUE").isPresent() || component.first("DURATION").isPresent()) {
            writer.attribute("due", Times.basic(task.occurrence.end(), zone));
        }
        writer.attribute("percent-complete", component.number("PERCENT-COMPLETE").orElse(0))
            .attribute("priority", component.number("PRIORITY").map(String::valueOf))
            .attribute("organizer", CalendarEvents.organizer(component));
        CalendarEvents.summary(component).ifPresent(summary -> writer.open("summary").text(summary).close());
        writer.close();
    }
}

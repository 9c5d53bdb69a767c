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

import java.util.List;

import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * An event or a task, as clients of CommuniGate read it: a vevent or vtodo, others for the times when it is otherwise, and the time zones
 * that they name.
 *
 * @param calendar the calendar's name
 * @param uid the UID of its message
 */
public record CalendarItem(String calendar, long uid, List<Element> components) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("calendarItem").attribute("calendar", calendar).attribute("UID", uid);
        components.forEach(writer::element);
        writer.close();
    }
}

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

import java.util.List;
import java.util.stream.Stream;

import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.ximss.calendar.CalendarXml;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.CalendarItem;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Gives an event or a task as XML. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code <calendarReadItem id="" calendar="" UID="" />}</pre>
 */
public final class CalendarReadItem implements XimssOperation<CalendarReadItem.Request> {
    /**
     * The attributes.
     *
     * @param uid the UID of the item's message
     */
    public record Request(String calendar, long uid) {
        static Request parse(Element element) {
            return new Request(element.required("calendar"), Element.number("UID", element.required("UID")));
        }
    }

    private final Calendars calendars;

    /** On these calendars. */
    public CalendarReadItem(Calendars calendars) {
        this.calendars = calendars;
    }

    @Override
    public String name() {
        return "calendarReadItem";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return calendars.item(session.calendars().get(request.calendar), request.uid, session.mailboxSession())
            .map(entry -> new CalendarItem(request.calendar, request.uid, elements(entry)))
            .flux();
    }

    private static List<Element> elements(CalendarEntry entry) {
        return Stream.concat(Stream.concat(Stream.of(entry.main()), entry.changed().stream()),
            entry.calendar().components("VTIMEZONE")).map(CalendarXml::write).toList();
    }
}

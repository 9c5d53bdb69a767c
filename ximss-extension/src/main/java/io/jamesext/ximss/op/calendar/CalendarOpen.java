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

import java.util.Optional;

import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Opens a mailbox as a calendar. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code <calendarOpen id="" calendar="" mailbox=""? mailboxClass=""? />}</pre>
 */
public final class CalendarOpen implements XimssOperation<CalendarOpen.Request> {
    /**
     * The attributes.
     *
     * @param mailbox the calendar's name when the client gives none
     * @param mailboxClass when there, a missing mailbox is made
     */
    public record Request(String calendar, String mailbox, Optional<String> mailboxClass) {
        static Request parse(Element element) {
            String calendar = element.required("calendar");
            return new Request(calendar, element.attribute("mailbox").orElse(calendar), element.attribute("mailboxClass"));
        }
    }

    private final Calendars calendars;

    /** On these calendars. */
    public CalendarOpen(Calendars calendars) {
        this.calendars = calendars;
    }

    @Override
    public String name() {
        return "calendarOpen";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        session.calendars().checkMayOpen(request.calendar);
        return calendars.open(request.mailbox, request.mailboxClass, session.mailboxSession())
            .doOnNext(calendar -> session.calendars().opened(request.calendar, calendar))
            .thenMany(Flux.empty());
    }
}

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

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Closes a calendar. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code <calendarClose id="" calendar="" />}</pre>
 */
public final class CalendarClose implements XimssOperation<CalendarClose.Request> {
    /** The attributes. */
    public record Request(String calendar) {
    }

    @Override
    public String name() {
        return "calendarClose";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("calendar"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        session.calendars().closed(request.calendar);
        return Flux.empty();
    }
}

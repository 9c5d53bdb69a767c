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
import io.jamesext.ximss.reply.CalendarEvents;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Gives the events of a time, each as often as it is then. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code <findEvents id="" calendar="" timeFrom="" timeTill="" />}</pre>
 */
public final class FindEvents implements XimssOperation<CalendarSearch.Request> {
    private final CalendarSearch search;

    /** By this search. */
    public FindEvents(CalendarSearch search) {
        this.search = search;
    }

    @Override
    public String name() {
        return "findEvents";
    }

    @Override
    public CalendarSearch.Request read(Element element) {
        return CalendarSearch.Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(CalendarSearch.Request request, XimssSession session) {
        return search.find(request, false, event -> true, session).map(CalendarEvents::new).flux();
    }
}

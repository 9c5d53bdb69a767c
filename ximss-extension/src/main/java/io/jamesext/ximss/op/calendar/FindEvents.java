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

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

import io.jamesext.groupware.calendar.Recurrence;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.StoredEntry;
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
public final class FindEvents implements XimssOperation<FindEvents.Request> {
    /** Protects the heap and the client. */
    private static final int MAX_EVENTS = 10_000;

    /** The attributes. */
    public record Request(String calendar, TimeRange.Written range) {
    }

    private final Calendars calendars;
    private final Preferences preferences;

    /** On these calendars, with the zones of local times. */
    public FindEvents(Calendars calendars, Preferences preferences) {
        this.calendars = calendars;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "findEvents";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("calendar"), TimeRange.Written.parse(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return preferences.zone(session.mailboxSession().getUser()).flatMapMany(zone -> {
            TimeRange range = request.range.in(zone);
            return calendars.items(session.calendars().get(request.calendar), session.mailboxSession())
                .filter(item -> !item.entry().isTask())
                .collectList()
                .flatMap(items -> Blocking.call(() -> new CalendarEvents(request.calendar, range.from(), range.till(),
                    events(items, range, zone), zone)));
        });
    }

    private static List<CalendarEvents.Event> events(List<StoredEntry> items, TimeRange range, ZoneId zone) {
        Recurrence.Budget budget = new Recurrence.Budget();
        List<CalendarEvents.Event> events = items.stream()
            .flatMap(item -> item.entry().between(range.from(), range.till(), zone, budget).stream()
                .map(occurrence -> new CalendarEvents.Event(item.uid(), occurrence)))
            .limit(MAX_EVENTS + 1L)
            .toList();
        if (events.size() > MAX_EVENTS) {
            throw new ProtocolException(Failure.TOO_BIG, "too many events: ask for a shorter time");
        }
        return events.stream().sorted(Comparator.comparing((CalendarEvents.Event event) -> event.occurrence().start().orElseThrow())
            .thenComparing(CalendarEvents.Event::uid)).toList();
    }
}

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

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.Recurrence;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.StoredEntry;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.CalendarTasks;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Gives the tasks of a time, and those that have none. Beyond the end of XIMSS's text, as clients use it.
 *
 * <pre>{@code <findTasks id="" calendar="" timeFrom="" timeTill="" completed="yes|no"? />}</pre>
 */
public final class FindTasks implements XimssOperation<FindTasks.Request> {
    /** Protects the heap and the client. */
    private static final int MAX_TASKS = 10_000;
    private static final int ALL_PERCENT = 100;

    /**
     * The attributes.
     *
     * @param completed whether those that are done are wanted too
     */
    public record Request(String calendar, TimeRange.Written range, boolean completed) {
        static Request parse(Element element) {
            String completed = element.attribute("completed").orElse("no");
            if (!completed.equals("yes") && !completed.equals("no")) {
                throw new ProtocolException(Failure.SYNTAX, "the attribute completed can only be yes or no");
            }
            return new Request(element.required("calendar"), TimeRange.Written.parse(element), completed.equals("yes"));
        }
    }

    private final Calendars calendars;
    private final Preferences preferences;

    /** On these calendars, with the zones of local times. */
    public FindTasks(Calendars calendars, Preferences preferences) {
        this.calendars = calendars;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "findTasks";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return preferences.zone(session.mailboxSession().getUser()).flatMapMany(zone -> {
            TimeRange range = request.range.in(zone);
            return calendars.items(session.calendars().get(request.calendar), session.mailboxSession())
                .filter(item -> item.entry().isTask())
                .collectList()
                .flatMap(items -> Blocking.call(() -> new CalendarTasks(request.calendar, range.from(), range.till(),
                    tasks(items, range, zone, request.completed), zone)));
        });
    }

    private static List<CalendarTasks.Task> tasks(List<StoredEntry> items, TimeRange range, ZoneId zone, boolean completed) {
        Recurrence.Budget budget = new Recurrence.Budget();
        List<CalendarTasks.Task> tasks = items.stream()
            .flatMap(item -> item.entry().between(range.from(), range.till(), zone, budget).stream()
                .filter(occurrence -> completed || !isDone(occurrence.component()))
                .map(occurrence -> new CalendarTasks.Task(item.uid(), occurrence)))
            .limit(MAX_TASKS + 1L)
            .toList();
        if (tasks.size() > MAX_TASKS) {
            throw new ProtocolException(Failure.TOO_BIG, "too many tasks: ask for a shorter time");
        }
        return tasks.stream().sorted(Comparator.comparing((CalendarTasks.Task task) -> task.occurrence().start().orElse(Instant.MAX))
            .thenComparing(CalendarTasks.Task::uid)).toList();
    }

    /** RFC 5545 sections 3.8.1.11, 3.8.2.1 and 3.8.1.8. */
    private static boolean isDone(CalendarComponent task) {
        return task.first("COMPLETED").isPresent() || task.text("STATUS").map("COMPLETED"::equalsIgnoreCase).orElse(false)
            || task.number("PERCENT-COMPLETE").orElse(0) >= ALL_PERCENT;
    }
}

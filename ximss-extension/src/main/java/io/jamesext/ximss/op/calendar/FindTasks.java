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

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
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
    private static final int ALL_PERCENT = 100;

    /**
     * The attributes.
     *
     * @param completed whether those that are done are wanted too
     */
    public record Request(CalendarSearch.Request range, boolean completed) {
        static Request parse(Element element) {
            String completed = element.attribute("completed").orElse("no");
            if (!completed.equals("yes") && !completed.equals("no")) {
                throw new ProtocolException(Failure.SYNTAX, "the attribute completed can only be yes or no");
            }
            return new Request(CalendarSearch.Request.parse(element), completed.equals("yes"));
        }
    }

    private final CalendarSearch search;

    /** By this search. */
    public FindTasks(CalendarSearch search) {
        this.search = search;
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
        return search.find(request.range, true, task -> request.completed || !isDone(task), session).map(CalendarTasks::new).flux();
    }

    /** RFC 5545 sections 3.8.1.11, 3.8.2.1 and 3.8.1.8. */
    private static boolean isDone(CalendarComponent task) {
        return task.first("COMPLETED").isPresent() || task.text("STATUS").map("COMPLETED"::equalsIgnoreCase).orElse(false)
            || task.number("PERCENT-COMPLETE").orElse(0) >= ALL_PERCENT;
    }
}

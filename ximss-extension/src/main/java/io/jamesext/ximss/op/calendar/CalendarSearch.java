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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.Recurrence;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.OpenCalendar;
import io.jamesext.ximss.calendar.StoredEntry;
import io.jamesext.ximss.reply.CalendarListing;
import io.jamesext.ximss.reply.ListedItem;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Mono;

/**
 * Finds the items of a time, for findEvents and findTasks. One item is in memory at a time, and of what it is only what a list shows is
 * kept. Whoever may store items in a calendar has all of its readers look at them: none of them can keep the others from being shown.
 */
public final class CalendarSearch {
    /** Protects the heap and the client. */
    private static final int MAX_FOUND = 10_000;
    private static final Comparator<ListedItem> BY_TIME = Comparator.comparing((ListedItem item) -> item.start().orElse(Instant.MAX));

    /** The attributes: which calendar, and when. */
    public record Request(String calendar, TimeRange.Written range) {
        static Request parse(Element element) {
            return new Request(element.required("calendar"), TimeRange.Written.parse(element));
        }
    }

    private final Calendars calendars;
    private final Preferences preferences;

    /** In these calendars, with the zones of local times. */
    public CalendarSearch(Calendars calendars, Preferences preferences) {
        this.calendars = calendars;
        this.preferences = preferences;
    }

    /**
     * What is wanted of a calendar, by time.
     *
     * @param tasks tasks, or events
     * @param wanted which of them
     * @return or fails when even once each they are too many
     */
    Mono<CalendarListing> find(Request request, boolean tasks, Predicate<CalendarComponent> wanted, XimssSession session) {
        return preferences.zone(session.mailboxSession().getUser()).flatMap(zone -> {
            TimeRange range = request.range.in(zone);
            OpenCalendar calendar = session.calendars().get(request.calendar);
            Recurrence.Budget budget = new Recurrence.Budget();
            return calendars.items(calendar, session.mailboxSession())
                .filter(item -> item.entry().isTask() == tasks)
                .<List<ListedItem>>concatMap(item -> Blocking.call(() -> times(item, range, zone, budget, wanted)), 0)
                .reduceWith(Found::new, Found::add)
                .map(found -> new CalendarListing(request.calendar, range.from(), range.till(), zone, found.sorted()));
        });
    }

    private static List<ListedItem> times(StoredEntry item, TimeRange range, ZoneId zone, Recurrence.Budget budget,
                                          Predicate<CalendarComponent> wanted) {
        Map<CalendarComponent, ListedItem.Details> details = new IdentityHashMap<>();
        return item.entry().between(range.from(), range.till(), zone, budget).stream()
            .filter(occurrence -> wanted.test(occurrence.component()))
            .map(occurrence -> new ListedItem(item.uid(), occurrence.start(), occurrence.day(), occurrence.end(),
                details.computeIfAbsent(occurrence.component(), ListedItem.Details::of)))
            .toList();
    }

    private static final class Found {
        private final PriorityQueue<List<ListedItem>> items =
            new PriorityQueue<>(Comparator.comparing((List<ListedItem> times) -> times.size()).reversed());
        private int size;

        /** When there is no room, what is there most often is shown once. */
        Found add(List<ListedItem> times) {
            if (!times.isEmpty()) {
                items.add(times);
                size += times.size();
            }
            while (size > MAX_FOUND) {
                List<ListedItem> most = items.remove();
                if (most.size() == 1) {
                    throw new ProtocolException(Failure.TOO_BIG, "too many items: ask for a shorter time");
                }
                items.add(most.stream().min(BY_TIME).stream().toList());
                size -= most.size() - 1;
            }
            return this;
        }

        List<ListedItem> sorted() {
            List<ListedItem> all = new ArrayList<>();
            items.forEach(all::addAll);
            all.sort(BY_TIME.thenComparing(ListedItem::uid));
            return all;
        }
    }
}

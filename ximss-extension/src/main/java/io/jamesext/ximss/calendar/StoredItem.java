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
package io.jamesext.ximss.calendar;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;

import io.jamesext.groupware.calendar.CalendarEntry;

/**
 * What is stored of one item: a message as a rule, several where something went wrong, or somebody else has stored them.
 *
 * @param uids the UIDs of all its messages
 * @param entries what the latest of them are, the latest last
 */
public record StoredItem(ImmutableList<Long> uids, ImmutableList<CalendarEntry> entries) {
    /** Nothing. */
    static final StoredItem NOTHING = new StoredItem(ImmutableList.of(), ImmutableList.of());
    /** Protects the heap. */
    private static final int MAX_ENTRIES = 4;

    /** The same with one more. */
    StoredItem with(StoredEntry later) {
        List<CalendarEntry> all = Stream.concat(entries.stream(), Stream.of(later.entry())).toList();
        return new StoredItem(ImmutableList.<Long>builder().addAll(uids).add(later.uid()).build(),
            ImmutableList.copyOf(all.subList(Math.max(0, all.size() - MAX_ENTRIES), all.size())));
    }

    /** What it is now, where there is anything. */
    public Optional<CalendarEntry> latest() {
        return entries.reverse().stream().findFirst();
    }
}

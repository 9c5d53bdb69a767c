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

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.james.mailbox.MessageManager;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;

/**
 * A mailbox that is open as a calendar, with what its messages are. A message never changes, so each is read once, as long as there is
 * room: the items of a session take no more memory than this.
 */
public final class OpenCalendar {
    /** Octets on the heap, about. */
    private static final long MAX_KEPT = 16L * 1024 * 1024;
    /** Of a property or a parameter, beside its characters. */
    private static final int OVERHEAD = 200;

    private final MessageManager mailbox;
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong keptOctets = new AtomicLong();

    private record Kept(Optional<CalendarEntry> entry, long octets) {
    }

    /** Of a mailbox. */
    public OpenCalendar(MessageManager mailbox) {
        this.mailbox = mailbox;
    }

    /** The mailbox. */
    public MessageManager mailbox() {
        return mailbox;
    }

    /** What a message is, if that is known; it may be no item at all. */
    Optional<Optional<CalendarEntry>> known(long uid) {
        return Optional.ofNullable(kept.get(uid)).map(Kept::entry);
    }

    /** Keeps what a message is, where there is room. */
    void keep(long uid, Optional<CalendarEntry> entry) {
        long octets = entry.map(read -> octets(read.calendar())).orElse(0L);
        if (keptOctets.get() + octets <= MAX_KEPT && kept.putIfAbsent(uid, new Kept(entry, octets)) == null) {
            keptOctets.addAndGet(octets);
        }
    }

    /** Forgets the messages that are gone. */
    void keepOnly(Set<Long> uids) {
        kept.forEach((uid, old) -> {
            if (!uids.contains(uid) && kept.remove(uid, old)) {
                keptOctets.addAndGet(-old.octets);
            }
        });
    }

    /** A short line makes a property as a long one does. */
    private static long octets(CalendarComponent component) {
        return OVERHEAD + component.components().stream().mapToLong(OpenCalendar::octets).sum()
            + component.properties().stream().mapToLong(property -> OVERHEAD * (1L + property.parameters().size())
                + property.value().length()
                + property.parameters().values().stream().mapToLong(String::length).sum()).sum();
    }
}

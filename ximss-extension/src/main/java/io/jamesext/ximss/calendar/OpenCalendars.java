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

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The calendars that a session has opened, by the names that it has given them. */
public final class OpenCalendars {
    /** Each holds its items in memory: {@link OpenCalendar}. */
    private static final int MAX_CALENDARS = 16;

    private final Map<String, OpenCalendar> calendars = new HashMap<>();

    /**
     * An open calendar.
     *
     * @throws ProtocolException when none of that name is open
     */
    public synchronized OpenCalendar get(String name) {
        return Optional.ofNullable(calendars.get(name))
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MAILBOX, "no such calendar is open"));
    }

    /**
     * Checks that a calendar of this name can be opened.
     *
     * @throws ProtocolException when one is open already, or too many are
     */
    public synchronized void checkMayOpen(String name) {
        if (calendars.containsKey(name)) {
            throw new ProtocolException(Failure.CONFLICT, "a calendar of this name is open already");
        }
        if (calendars.size() >= MAX_CALENDARS) {
            throw new ProtocolException(Failure.BUSY, "too many open calendars");
        }
    }

    /** A calendar was opened. */
    public synchronized void opened(String name, OpenCalendar calendar) {
        calendars.put(name, calendar);
    }

    /**
     * A calendar is closed.
     *
     * @throws ProtocolException when none of that name is open
     */
    public synchronized void closed(String name) {
        get(name);
        calendars.remove(name);
    }
}

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
package io.jamesext.groupware.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One time at which something is.
 *
 * @param start when it begins; a task may have no time at all
 * @param day the first day of what takes whole days
 * @param end when it has ended: not before its start
 * @param component what it is
 */
public record Occurrence(Optional<Instant> start, Optional<LocalDate> day, Instant end, CalendarComponent component) {
}

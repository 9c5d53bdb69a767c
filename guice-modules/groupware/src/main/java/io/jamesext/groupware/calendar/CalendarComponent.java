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

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;

/**
 * What stands between BEGIN and END: a calendar, an event, a task, an alarm. RFC 5545 section 3.6.
 *
 * @param name in capital letters
 * @param properties in order
 * @param components those within it, in order
 */
public record CalendarComponent(String name, ImmutableList<CalendarProperty> properties, ImmutableList<CalendarComponent> components) {
    /** The outermost. */
    public static final String CALENDAR = "VCALENDAR";
    /** An event. */
    public static final String EVENT = "VEVENT";
    /** A task. */
    public static final String TASK = "VTODO";

    /** Checks the name. */
    public CalendarComponent {
        name = name.toUpperCase(Locale.US);
        if (!CalendarProperty.isName(name)) {
            throw new IllegalArgumentException("not the name of a component");
        }
    }

    /** From any lists, which are copied. */
    public static CalendarComponent of(String name, List<CalendarProperty> properties, List<CalendarComponent> components) {
        return new CalendarComponent(name, ImmutableList.copyOf(properties), ImmutableList.copyOf(components));
    }

    /** A whole calendar of these components. RFC 5545 section 3.4. */
    public static CalendarComponent calendar(List<CalendarComponent> components) {
        return of(CALENDAR, List.of(CalendarProperty.raw("VERSION", "2.0"), CalendarProperty.raw("PRODID", "-//James extensions//EN")),
            components);
    }

    /** The properties of a name. */
    public Stream<CalendarProperty> all(String property) {
        return properties.stream().filter(candidate -> candidate.name().equals(property));
    }

    /** The first property of a name. */
    public Optional<CalendarProperty> first(String property) {
        return all(property).findFirst();
    }

    /** What the first property of a name says; nothing where it is empty. */
    public Optional<String> text(String property) {
        return first(property).map(CalendarProperty::text).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A whole number of at least 0, where the first property of a name is one. */
    public Optional<Integer> number(String property) {
        return text(property).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
    }

    /** The components of a name. */
    public Stream<CalendarComponent> components(String component) {
        return components.stream().filter(candidate -> candidate.name.equals(component));
    }

    /** The same with this property in the place of all that have its name. */
    public CalendarComponent with(CalendarProperty property) {
        return of(name, Stream.concat(properties.stream().filter(old -> !old.name().equals(property.name())), Stream.of(property)).toList(),
            components);
    }

    /** The same with one property more. */
    CalendarComponent plus(CalendarProperty property) {
        return withProperties(Stream.concat(properties.stream(), Stream.of(property)).toList());
    }

    /** The same with this property, where it had none of that name. */
    public CalendarComponent withMissing(CalendarProperty property) {
        return text(property.name()).isPresent() ? this : with(property);
    }

    /** The same without the properties of these names. */
    public CalendarComponent without(Set<String> names) {
        return withProperties(properties.stream().filter(property -> !names.contains(property.name())).toList());
    }

    /** The same with other properties. */
    public CalendarComponent withProperties(List<CalendarProperty> others) {
        return of(name, others, components);
    }
}

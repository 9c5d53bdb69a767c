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
package io.jamesext.agap.item;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarProperty;
import io.jamesext.groupware.calendar.CalendarTime;
import io.jamesext.groupware.calendar.CalendarZones;
import io.jamesext.groupware.calendar.Recurrence;

/** Events, tasks and journal entries between XML and iCalendar. AGAP sections 2.11.2, 2.11.7 and 2.11.10. */
final class CalendarXml {
    private static final String JOURNAL = "VJOURNAL";
    private static final String BINARY = "BINARY";
    /** Lists of times. */
    private static final Set<String> TIME_LISTS = Set.of("EXDATE", "RDATE");
    /** Of other values, white space at the ends is none of them. */
    static final Set<String> PROSE = Set.of("SUMMARY", "DESCRIPTION", "COMMENT", "LOCATION", "CONTACT", "CATEGORIES", "RESOURCES");

    /** They frame a component, and are no property of it: other clients would read another calendar than the item's. */
    private static final Set<String> NO_PROPERTIES = Set.of("BEGIN", "END", PropertySchema.VALARM);

    private CalendarXml() {
    }

    /**
     * The calendar of an event, task or journal entry, for other clients. Its alarm is an item of its own and not in it.
     *
     * @param now its DTSTAMP, when it has none
     */
    static CalendarComponent calendar(XmlElement item, Instant now) {
        List<CalendarProperty> properties = new ArrayList<>();
        item.children().stream().filter(leaf -> !NO_PROPERTIES.contains(leaf.name())).forEach(leaf -> properties.add(property(leaf)));
        CalendarComponent component = CalendarComponent.of(item.name(), properties, List.of())
            .withMissing(CalendarProperty.raw("DTSTAMP", CalendarTime.utc(now)));
        return CalendarComponent.calendar(List.of(component));
    }

    private static CalendarProperty property(XmlElement leaf) {
        Map<String, String> parameters = new LinkedHashMap<>();
        leaf.attributes().forEach((name, value) -> {
            if (!name.equals(XmlElement.ENCODED) && CalendarProperty.isLine(value)) {
                parameters.put(name, value);
            }
        });
        if (leaf.isBase64() && leaf.decoded().filter(text -> !leaf.name().equals("ATTACH")).isEmpty()) {
            parameters.put("ENCODING", "BASE64");
            parameters.put("VALUE", BINARY);
            return new CalendarProperty(leaf.name(), ImmutableMap.copyOf(parameters), Base64Text.padded(leaf.text()));
        }
        String text = PROSE.contains(leaf.name()) ? leaf.decoded().orElse("") : leaf.stripped();
        if (leaf.name().equals("TRIGGER") && PropertySchema.time(text).isPresent()) {
            // RFC 5545 section 3.8.6.3: RELATED is for triggers before or after something.
            parameters.remove("RELATED");
            parameters.put("VALUE", "DATE-TIME");
        }
        return new CalendarProperty(leaf.name(), ImmutableMap.copyOf(parameters), value(leaf.name(), text));
    }

    private static String value(String name, String text) {
        if (TIME_LISTS.contains(name)) {
            return Splitter.on(',').trimResults().splitToStream(text).map(CalendarXml::basic).collect(Collectors.joining(","));
        }
        return PROSE.contains(name) ? Interchange.fromXml(text) : basic(text);
    }

    /** RFC 5545 section 3.3.5 writes times without the draft's dashes and colons. */
    private static String basic(String text) {
        return PropertySchema.time(text).map(time -> CalendarTime.utc(time.toInstant(ZoneOffset.UTC)))
            .orElseGet(() -> Interchange.fromXml(text));
    }

    /** The XML of the first event, task or journal entry of a calendar, if it has one. Alarms within it are not shown. */
    static Optional<XmlElement> xml(CalendarComponent calendar) {
        Zones zones = new Zones(new CalendarZones(calendar, ZoneOffset.UTC), new Recurrence.Budget());
        return CalendarEntry.of(calendar).map(CalendarEntry::main)
            .or(() -> calendar.components(JOURNAL).findFirst())
            .map(component -> XmlElement.branch(component.name(),
                component.properties().stream().filter(property -> Interchange.isShown(property.value()))
                    .map(property -> leaf(property, zones)).toList()));
    }

    /** The zones of a calendar, and what all its times together may cost. */
    private record Zones(CalendarZones zones, Recurrence.Budget budget) {
        LocalDateTime utc(CalendarTime time) {
            return LocalDateTime.ofInstant(zones.instant(time, budget), ZoneOffset.UTC);
        }
    }

    private static XmlElement leaf(CalendarProperty property, Zones zones) {
        ImmutableMap.Builder<String, String> attributes = ImmutableMap.builder();
        Interchange.attributes(property.parameters(), attributes);
        boolean isBinary = property.parameter("ENCODING").filter(encoding -> encoding.toUpperCase(Locale.ROOT).equals("BASE64")).isPresent()
            && Base64Text.isBase64(property.value());
        if (isBinary) {
            attributes.put(XmlElement.ENCODED, XmlElement.BASE64);
        }
        return XmlElement.leaf(property.name(), attributes.buildOrThrow(), isBinary ? property.value() : text(property, zones));
    }

    /** Times in UTC; all others as they are, with their line ends. */
    private static String text(CalendarProperty property, Zones zones) {
        boolean isTime = PropertySchema.TIMES.contains(property.name()) || property.name().equals("TRIGGER");
        if (isTime || TIME_LISTS.contains(property.name())) {
            return Splitter.on(',').splitToStream(property.value())
                .map(value -> CalendarTime.parse(value.strip(), property.parameter("TZID").orElse(""))
                    .map(time -> time.isDate() ? time.local() : zones.utc(time))
                    .map(PropertySchema::timestamp)
                    .orElse(value))
                .collect(Collectors.joining(","));
        }
        return Interchange.toXml(property.value());
    }
}

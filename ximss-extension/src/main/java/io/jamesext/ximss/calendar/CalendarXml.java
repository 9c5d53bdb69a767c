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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;

import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.calendar.CalendarProperty;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * iCalendar as clients of CommuniGate read and write it: components and properties are elements with their names in small letters,
 * parameters are attributes with their names in capital letters, values are text. It is read in any case.
 */
public final class CalendarXml {
    /** RFC 5545 section 3.3.11: their values are texts, which XML shows without backslashes. */
    private static final Set<String> TEXTS = Set.of("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "UID", "TZNAME",
        "RELATED-TO");
    /** Lists of texts: one element each. */
    private static final Set<String> LISTS = Set.of("CATEGORIES", "RESOURCES");
    private static final Set<String> COMPONENTS = Set.of("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VALARM", "STANDARD",
        "DAYLIGHT");
    /** The client of Sergei12123/communigate has them. */
    private static final Map<String, String> OTHER_NAMES = Map.of("LASTMODIFIED", "LAST-MODIFIED", "BUSYSTATUS",
        "X-MICROSOFT-CDO-BUSYSTATUS");
    private static final Set<String> PEOPLE = Set.of("ORGANIZER", "ATTENDEE");
    private static final int MAX_PROPERTIES = 5_000;

    private CalendarXml() {
    }

    /** An event or a task as an element. */
    public static Element write(CalendarComponent component) {
        return Element.of(Ascii.toLowerCase(component.name()), Map.of(), Stream.concat(
            component.properties().stream().flatMap(CalendarXml::write),
            component.components().stream().map(CalendarXml::write)).toList());
    }

    private static Stream<Element> write(CalendarProperty property) {
        String name = Ascii.toLowerCase(property.name());
        if (LISTS.contains(property.name())) {
            return property.texts().stream().map(text -> element(name, property, text));
        }
        return Stream.of(element(name, property, TEXTS.contains(property.name()) ? property.text() : property.value()));
    }

    private static Element element(String name, CalendarProperty property, String value) {
        return new Element(name, property.parameters(), Element.text(name, value).body());
    }

    /**
     * The calendar in the body of a request.
     *
     * @param request holds an iCalendar with a vCalendar with events or tasks, of which one of the two outer elements may be left out
     * @throws ProtocolException for what is no calendar
     */
    public static CalendarComponent read(Element request) {
        List<CalendarComponent> components = new ArrayList<>();
        items(request).forEach(element -> components.add(component(element)));
        if (components.stream().noneMatch(CalendarEntry::isItem)) {
            throw new ProtocolException(Failure.SYNTAX, "one iCalendar element with a vevent or a vtodo is needed");
        }
        return CalendarComponent.calendar(components);
    }

    private static Stream<Element> items(Element outer) {
        return outer.elements().flatMap(element -> switch (Ascii.toUpperCase(element.name())) {
            case "ICALENDAR", "VCALENDAR" -> items(element);
            // What a calendar says of itself (VERSION, METHOD) is said anew.
            default -> COMPONENTS.contains(Ascii.toUpperCase(element.name())) ? Stream.of(element) : Stream.empty();
        });
    }

    private static CalendarComponent component(Element element) {
        List<CalendarProperty> properties = new ArrayList<>();
        List<CalendarComponent> components = new ArrayList<>();
        element.elements().forEach(inner -> {
            if (COMPONENTS.contains(Ascii.toUpperCase(inner.name()))) {
                components.add(component(inner));
            } else {
                properties.add(property(inner));
            }
        });
        if (properties.size() > MAX_PROPERTIES) {
            throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_PROPERTIES + " properties");
        }
        return CalendarComponent.of(element.name(), properties, components);
    }

    /**
     * A property.
     *
     * @throws ProtocolException for what cannot be one
     */
    public static CalendarProperty property(Element element) {
        String name = OTHER_NAMES.getOrDefault(Ascii.toUpperCase(element.name()), Ascii.toUpperCase(element.name()));
        Map<String, String> parameters = new LinkedHashMap<>();
        element.attributes().forEach((key, value) -> parameters.put(key.toUpperCase(Locale.US), value));
        boolean isText = TEXTS.contains(name) || LISTS.contains(name);
        String value = isText ? CalendarProperty.escape(element.text()) : element.text().strip();
        if (Set.of("BEGIN", "END").contains(name) || element.elements().findAny().isPresent()) {
            throw new ProtocolException(Failure.SYNTAX, "the element " + element.name() + " is no property");
        }
        try {
            return person(new CalendarProperty(name, ImmutableMap.copyOf(parameters), value));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "the property " + element.name() + " cannot be written");
        }
    }

    /** A bare e-mail address, or one that stands only in the attribute CN, as the client of Sergei12123/communigate writes it. */
    private static CalendarProperty person(CalendarProperty property) {
        if (!PEOPLE.contains(property.name())) {
            return property;
        }
        String address = property.value().isEmpty() ? property.parameter("CN").orElse("") : property.value();
        return CalendarMessage.isAddress(address)
            ? new CalendarProperty(property.name(), property.parameters(), "mailto:" + address) : property;
    }
}
